import { setTimeout as wait } from 'node:timers/promises';
import type { FaultSettings as InboxFaults } from '@shopfast/sandbox/inbox/faults';
import type { FaultSettings as StripeFaults } from '@shopfast/sandbox/stripe/control';
import type { System } from '@shopfast/sandbox/system/system';
import { Redis } from 'ioredis';
import { setMail, setPayment } from '../misbehave.ts';

export const BUYING_FAULTS = [
  'kill checkout',
  'kill worker',
  'restart Postgres',
  'restart jobs Redis',
  'empty jobs Redis',
  'payment slow',
  'payment hanging',
  'payment failing',
  'webhooks doubled and shuffled',
  'SMTP refusing',
  'SMTP hanging',
  'SMTP losing answers',
] as const;
export type BuyingFault = (typeof BUYING_FAULTS)[number];

/** Injects a fault, waits, and clears it; when it resolves, everything runs again. */
type InjectFault = (system: System, random: () => number) => Promise<void>;

const FAULTS: Record<BuyingFault, InjectFault> = {
  'kill checkout': (system, random) => killService(system, 'checkout', random),
  'kill worker': (system, random) => killService(system, 'workers', random),
  'restart Postgres': async ({ stores }, random) => {
    // Half of the time it crashes, half of the time it restarts in an orderly way.
    if (random() < 0.5) await stores.kill('postgres');
    await stores.restart('postgres');
  },
  'restart jobs Redis': async ({ stores }, random) => {
    await stores.kill('jobs');
    await wait(random() * 500);
    await stores.restart('jobs');
  },
  'empty jobs Redis': async ({ jobsRedisUrl }) => {
    const redis = new Redis(jobsRedisUrl);
    await redis.flushall();
    redis.disconnect();
  },
  'payment slow': (system, random) => payment(system, { latency_ms: 3_000 }, 2_000 + random() * 2_000),
  // Hanging calls keep hanging after the fault, and are executed at their end.
  'payment hanging': (system, random) =>
    payment(system, { timeout_rate: 1, hang_ms: 30_000 }, 2_000 + random() * 4_000),
  'payment failing': (system, random) => payment(system, { error_rate: 0.5 }, 2_000 + random() * 4_000),
  'webhooks doubled and shuffled': (system, random) =>
    payment(system, { duplicate_webhooks: true, shuffle_webhooks: true }, 3_000 + random() * 3_000),
  'SMTP refusing': (system, random) => mail(system, { refuse: true }, 1_000 + random() * 3_000),
  'SMTP hanging': (system, random) => mail(system, { hang: true }, 1_000 + random() * 5_000),
  'SMTP losing answers': (system, random) =>
    mail(system, { lose_answer_rate: 0.5 }, 2_000 + random() * 4_000),
};

export const injectFault = (fault: BuyingFault, system: System, random: () => number): Promise<void> =>
  FAULTS[fault](system, random);

/** Faults after which a mail may exist twice: its answer, or the worker that waited for it, was lost. */
export const mailsMayRepeat = (fault: BuyingFault): boolean =>
  fault === 'kill worker' ||
  fault === 'SMTP hanging' ||
  fault === 'SMTP losing answers' ||
  fault === 'restart Postgres' ||
  fault === 'restart jobs Redis' ||
  fault === 'empty jobs Redis';

async function killService(
  system: System,
  name: 'checkout' | 'workers',
  random: () => number,
): Promise<void> {
  system.processes[name].kill('SIGKILL');
  await wait(random() * 500);
  await system.processes[name].restart();
}

async function payment(system: System, faults: Partial<StripeFaults>, lastsMs: number): Promise<void> {
  await setPayment(system, faults);
  await wait(lastsMs);
  await setPayment(system, null);
}

async function mail(system: System, faults: Partial<InboxFaults>, lastsMs: number): Promise<void> {
  await setMail(system, faults);
  await wait(lastsMs);
  await setMail(system, null);
}
