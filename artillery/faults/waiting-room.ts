import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { present } from '@shopfast/kit/narrow';
import { connectRedis } from '@shopfast/kit/redis';
import { type Fleet, startFleet } from './fleet.ts';
import { pick, seeded } from './random.ts';
import { beWaiter, type Log, newCrowd } from './waiter.ts';

export const FAULTS = ['kill a gateway', 'restart Redis', 'empty Redis'] as const;
export type Fault = (typeof FAULTS)[number];
export type RunReport = {
  run: number;
  seed: number;
  fault: Fault;
  resumedAfterMs: number;
  calls: number;
  breaches: string[];
};

const RATE = 1_200;
const CLAIM_SECONDS = 30;
const EARLY = 50;
const LATE = 15;
const RUN_MS = 25_000;
const RESUME_WITHIN_MS = 2_000;
/** After a loss of Redis, a ticket whose call was not seen is called again at its holder's next poll. */
const CALLED_AGAIN_WITHIN_MS = 3_000;

/** Runs the same waiting room with a random fault at a random moment, repeatedly, each time with a new room. */
export async function runWaitingRoomFaults(
  options: { runs: number; seed: number; gateways: number },
  lifecycle: Lifecycle,
  say: (line: string) => void,
): Promise<RunReport[]> {
  const fleet = await startFleet(options.gateways, lifecycle);
  const reports: RunReport[] = [];
  for (let run = 1; run <= options.runs; run += 1) {
    const seed = options.seed * 1_000 + run;
    const report = await runOnce(fleet, run, seed, lifecycle);
    reports.push(report);
    const verdict =
      report.breaches.length === 0
        ? 'all guarantees hold'
        : `VIOLATED: ${report.breaches.slice(0, 3).join('; ')}`;
    say(
      `run ${run}, seed ${seed}: ${report.fault}, ${report.calls} calls, resumed after ${report.resumedAfterMs} ms: ${verdict}`,
    );
  }
  return reports;
}

async function runOnce(fleet: Fleet, run: number, seed: number, lifecycle: Lifecycle): Promise<RunReport> {
  const random = seeded(seed);
  const fault = present(FAULTS[run % FAULTS.length]);
  const room = `fault-${seed}`;
  await fleet.admin('POST', '/rooms', {
    id: room,
    admissions_per_minute: RATE,
    claim_seconds: CLAIM_SECONDS,
    poll_min_ms: 200,
    poll_max_ms: 1_000,
  });
  await fleet.admin('POST', `/rooms/${room}/open`);

  const stopping = new AbortController();
  const deadline = AbortSignal.any([stopping.signal, AbortSignal.timeout(RUN_MS)]);
  const urls = () => fleet.gateways.map((gateway) => gateway.url);
  const crowd = newCrowd({ room, urls, random, claimSeconds: CLAIM_SECONDS, signal: deadline });
  const come = (count: number) =>
    Array.from({ length: count }, () => beWaiter(crowd, { leaves: random() < 0.1, claims: random() < 0.8 }));

  const early = come(EARLY);
  await wait(400 + random() * 1_600);
  const backAt = await inject(fleet, fault, random, lifecycle);
  const late = come(LATE);
  await Promise.all([...early, ...late]);
  stopping.abort();
  await fleet.admin('POST', `/rooms/${room}/close`);
  return { run, seed, fault, ...judge(crowd.log, fault, backAt), calls: crowd.log.calls.size };
}

/** @returns when the room could be served again, ms */
async function inject(
  fleet: Fleet,
  fault: Fault,
  random: () => number,
  lifecycle: Lifecycle,
): Promise<number> {
  if (fault === 'kill a gateway') {
    const victim = pick(random, fleet.gateways);
    const killedAt = Date.now();
    victim.process.kill('SIGKILL');
    await wait(300);
    await victim.process.restart();
    return killedAt;
  }
  if (fault === 'restart Redis') {
    await fleet.stores.kill('waitroom');
    await wait(random() * 500);
    await fleet.stores.restart('waitroom');
    return Date.now();
  }
  const redis = connectRedis(fleet.stores.urls.redisUrl, 'worker', {
    log: createLog('faults', 'warn'),
    lifecycle,
  });
  await redis.flushall();
  const emptiedAt = Date.now();
  redis.disconnect();
  return emptiedAt;
}

function judge(log: Log, fault: Fault, backAt: number): { resumedAfterMs: number; breaches: string[] } {
  const breaches = [...log.breaches];
  const numbers = [...log.numbers.values()];
  if (new Set(numbers).size !== numbers.length) breaches.push('a number was given twice');

  const stayed = [...log.numbers].filter(
    ([ticket]) => !log.left.has(ticket) && !log.claimedUnseen.has(ticket),
  );
  const uncalled = stayed.filter(([ticket]) => !log.calls.has(ticket));
  if (uncalled.length > 0) breaches.push(`${uncalled.length} waiting tickets were never called`);

  const tolerance = fault === 'kill a gateway' ? 0 : CALLED_AGAIN_WITHIN_MS;
  const calls = [...log.calls.values()].toSorted((a, b) => a.number - b.number);
  let latest = 0;
  for (const call of calls.toReversed()) {
    if (latest > 0 && call.at > latest + tolerance)
      breaches.push(`number ${call.number} was called after a higher one`);
    latest = latest === 0 ? call.at : Math.min(latest, call.at);
  }
  const first = Math.min(...calls.map((call) => call.at).filter((at) => at >= backAt));
  const resumedAfterMs = Math.max(0, Math.round(first - backAt));
  if (resumedAfterMs > RESUME_WITHIN_MS) breaches.push(`admission resumed only after ${resumedAfterMs} ms`);
  return { resumedAfterMs, breaches };
}
