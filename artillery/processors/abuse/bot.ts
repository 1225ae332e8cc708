import { type Arrivals, nextArrival } from '../steps/arrivals.ts';
import { type Context, type Events, tallyOf } from '../steps/artillery.ts';

/** The variables of one bot. */
export type Bot = Arrivals & { target: string; room: string; product: string; until?: number };

export const ABUSE_KINDS = ['forged', 'replayed', 'flooding', 'slow'] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];

export const botsTally = tallyOf('bots', [
  'came',
  'got_in',
  ...ABUSE_KINDS.flatMap((kind) => [`${kind}_tried`, `${kind}_refused`] as const),
]);

export type Answer = { status: number; code: string; body: Record<string, unknown>; retrySeconds: number };

/** A bot and its records. `tried`: an attempt, and whether it got the expected refusal. */
export type BotRun = {
  bot: Bot;
  /** The bot's client address, for a gateway that trusts this machine. */
  address: string;
  tried(answer: Answer | null, status: number, code: string): void;
};

let bots = 0;

/** Arrives on time and tries one kind of abuse; the kinds take turns. @throws with the name of the problem */
export async function runBot(
  kinds: Record<AbuseKind, (run: BotRun) => Promise<void>>,
  { vars: bot }: Context<Bot>,
  events: Events,
): Promise<void> {
  botsTally.countFromZero(events);
  const place = await nextArrival(bot, events);
  botsTally.count(events, 'came');
  const kind = ABUSE_KINDS[bots % ABUSE_KINDS.length] as AbuseKind;
  bots += 1;
  const faults: string[] = [];
  await kinds[kind]({
    bot,
    address: addressOf(place),
    tried: (answer, status, code) => {
      botsTally.count(events, `${kind}_tried`);
      if (answer && answer.status < 300) botsTally.count(events, 'got_in');
      if (answer?.status === status && answer.code === code)
        return botsTally.count(events, `${kind}_refused`);
      faults.push(answer ? `${answer.status} ${answer.code}`.trim() : 'no answer');
    },
  });
  if (faults.length > 0) throw new Error(`${kind}: ${faults[0]}`);
}

/** A unique address for each bot, in a reserved range. */
export const addressOf = (place: number): string =>
  `198.${18 + ((place >> 16) & 1)}.${(place >> 8) & 255}.${place & 255}`;
