import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { callsInWindows } from '../checker/windows.ts';
import { startFleet } from './fleet.ts';
import { seeded } from './random.ts';
import { beWaiter, newCrowd } from './waiter.ts';

export type RateReport = {
  gateways: number;
  rate: number;
  seconds: number;
  calls: number;
  fewest: number;
  most: number;
};

const RATE = 600;
const MINUTE_MS = 60_000;
const CLAIM_SECONDS = 30;

/**
 * Measures the accuracy of the rate: several gateways tick one room while people join and leave, and the calls that
 * holders saw are counted in every 60 s window.
 */
export async function measureRate(
  options: { gateways: number; seconds: number; seed: number },
  lifecycle: Lifecycle,
): Promise<RateReport> {
  const fleet = await startFleet(options.gateways, lifecycle);
  const room = `rate-${options.gateways}`;
  await fleet.admin('POST', '/rooms', {
    id: room,
    admissions_per_minute: RATE,
    max_active: 1_000_000,
    claim_seconds: CLAIM_SECONDS,
    poll_min_ms: 1_000,
    poll_max_ms: 10_000,
    abandon_after_seconds: 60,
  });

  const random = seeded(options.seed);
  const signal = AbortSignal.timeout((options.seconds + 12) * 1_000);
  const urls = () => fleet.gateways.map((gateway) => gateway.url);
  const crowd = newCrowd({ room, urls, random, claimSeconds: CLAIM_SECONDS, signal });
  await fleet.admin('POST', `/rooms/${room}/open`);
  const startedAt = Date.now();
  const enough = Math.ceil((RATE * (options.seconds + 20)) / 60 / 0.85);
  const waiters: Promise<void>[] = [];
  // Half join at once, so that somebody always waits; the others join while the rest leaves.
  for (let joined = 0; joined < enough && !signal.aborted; joined += 1) {
    waiters.push(beWaiter(crowd, { leaves: random() < 0.15, claims: true }));
    if (joined > enough / 2) await wait((options.seconds * 500) / (enough / 2));
    else if (joined % 20 === 0) await wait(20);
  }
  await Promise.all(waiters);

  const times = [...crowd.log.calls.values()].map((call) => call.at).toSorted((a, b) => a - b);
  const end = startedAt + options.seconds * 1_000;
  const { most, fewest } = callsInWindows(times, MINUTE_MS, startedAt + 10_000, end);
  return {
    gateways: options.gateways,
    rate: RATE,
    seconds: options.seconds,
    calls: times.length,
    fewest: fewest ?? times.length,
    most,
  };
}
