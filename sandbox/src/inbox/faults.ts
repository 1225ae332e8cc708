import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Faults that the mail server injects on request. */
export const faultSettings = z.strictObject({
  /** Refuses every client: 421. */
  refuse: z.boolean(),
  /** Answers nothing until this is switched off. */
  hang: z.boolean(),
  /** Delay before a mail is accepted. */
  delay_ms: z.number().int().min(0).max(600_000),
  /** Share of mails that are refused with 451, try again later. */
  temporary_fail_rate: z.number().min(0).max(1),
  /** Share of mails that are stored without an answer: the connection ends instead. */
  lose_answer_rate: z.number().min(0).max(1),
});

export type FaultSettings = z.output<typeof faultSettings>;

export const NO_FAULTS: FaultSettings = {
  refuse: false,
  hang: false,
  delay_ms: 0,
  temporary_fail_rate: 0,
  lose_answer_rate: 0,
};

/** An error that the SMTP server answers with its `responseCode`. */
export class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

export type Faults = {
  get(): FaultSettings;
  set(settings: FaultSettings): void;
  /** Resolves when a client may continue. @throws SmtpRefusal when the client is refused */
  atTheDoor(): Promise<void>;
  /** Resolves when a mail is accepted. @throws SmtpRefusal when it is refused */
  atAMail(): Promise<void>;
  /** Whether the answer to a stored mail is lost. */
  losesAnswer(): boolean;
};

export function createFaults(random: () => number = Math.random): Faults {
  let settings = NO_FAULTS;
  let changed = Promise.withResolvers<void>();

  const whileHanging = async () => {
    while (settings.hang) await changed.promise;
  };
  return {
    get: () => settings,
    set: (next) => {
      settings = next;
      changed.resolve();
      changed = Promise.withResolvers();
    },
    atTheDoor: async () => {
      await whileHanging();
      if (settings.refuse) throw new SmtpRefusal(421, 'The mail server is not available');
    },
    atAMail: async () => {
      await whileHanging();
      if (settings.delay_ms > 0) await delay(settings.delay_ms);
      if (random() < settings.temporary_fail_rate) throw new SmtpRefusal(451, 'Try again later');
    },
    losesAnswer: () => random() < settings.lose_answer_rate,
  };
}
