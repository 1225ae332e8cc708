import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { checkBuying, type Verdict } from '@shopfast/sandbox/checker/check';
import { gatherFacts } from '@shopfast/sandbox/checker/facts';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { openSale } from '@shopfast/sandbox/system/sale';
import { callsOf, startGenerators } from '../crowd/generators.ts';
import type { GeneratorConfig } from '../crowd/messages.ts';
import { patiently } from './books.ts';
import { judgeCrowd } from './judge.ts';
import { kindOf, lasts, mailsMayRepeat } from './kinds.ts';
import type { Lab } from './lab.ts';
import { untilServed } from './probe.ts';
import type { Plan } from './schedule.ts';
import { closeForGood, openQuickSale } from './shop.ts';

/** `tempo` 2: shoppers arrive, and faults start and end, in half the time. */
export type CrowdSize = { shoppers: number; units: number; rate: number; tempo: number };
export const USUAL_CROWD: CrowdSize = { shoppers: 360, units: 80, rate: 1_200, tempo: 1 };

export type RunReport = {
  seed: string;
  kind: string;
  place: string;
  /** The fault with its figures and duration. */
  what: string;
  lastedMs: number;
  /** From its end until shoppers could order again, ms; null: not in time. */
  servedAfterMs: number | null;
  /** From its end until everything has settled, ms; null: not in time. */
  settledAfterMs: number | null;
  calls: number;
  orders: number;
  seconds: number;
  broken: Verdict[];
};

const MAX_ACTIVE = 50;
/** Longer than any fault and the retries after it. */
const CLAIM_SECONDS = 20;
const BUYS_EVERY = 2;
const ARRIVE_WITHIN_MS = 4_000;
const FIRST_FAULT_MS = 500;
const LAST_FAULT_MS = 5_000;
const PATIENCE_MS = 3_000;
const SERVED_WITHIN_MS = 20_000;
const CROWD_ENDS_WITHIN_MS = 60_000;
const SETTLED_WITHIN_MS = 75_000;
const LONGEST_RUN_MS = 240_000;
const LOOK_EVERY_MS = 250;

/** One sale, one crowd, and one fault in the middle; then everything is judged. The fault is always cleared. */
export async function runOnce(lab: Lab, plan: Plan, size: CrowdSize = USUAL_CROWD): Promise<RunReport> {
  const lifecycle = createLifecycle();
  try {
    return await run(lab, plan, size, lifecycle);
  } finally {
    await lifecycle.close();
  }
}

async function run(
  lab: Lab,
  { seed, kind, place, random }: Plan,
  size: CrowdSize,
  lifecycle: ReturnType<typeof createLifecycle>,
): Promise<RunReport> {
  const started = performance.now();
  const since = new Date();
  const signal = AbortSignal.timeout(LONGEST_RUN_MS);
  const room = `fault-${seed.replace('.', '-')}-${Math.round(started)}`;
  const probes = { gatewayUrl: lab.door, room: `${room}-probe`, signal };
  const [productId, probeProduct] = await Promise.all([
    openDoors(lab, room, size),
    openQuickSale(lab.system, probes.room, 10),
  ]);

  const crowd = await send(lab, room, productId, size, lifecycle);
  const moment = FIRST_FAULT_MS + random() * (LAST_FAULT_MS - FIRST_FAULT_MS);
  await wait(moment / size.tempo, undefined, { signal });
  const inflictedAt = performance.now();
  const fault = await kindOf(kind).inject(lab, place, random);
  lifecycle.onClose('fault', fault.clear);
  if (!kindOf(kind).isSudden) await wait(lasts(random) / size.tempo, undefined, { signal });
  await fault.clear();
  const liftedAt = performance.now();
  const over = Date.now();

  const servedAfterMs = await untilServed({ ...probes, productId: probeProduct }, SERVED_WITHIN_MS);
  const facts = await crowd.end(signal);
  const books = lab.books(room, since);
  const settled = await untilSettled(books, { withinMs: SETTLED_WITHIN_MS, signal });
  const settledAfterMs = settled === null ? null : Math.round(performance.now() - liftedAt);
  const sale = await patiently(() => gatherFacts(books));
  const verdicts = [
    ...judgeCrowd(facts, { kind, place, over }),
    ...checkBuying(sale, {
      units: { [productId]: size.units },
      buyers: facts.results.flatMap((one) => one.buyers),
      mailsMayRepeat: mailsMayRepeat({ kind, place }),
    }),
    ...recovery(servedAfterMs, settledAfterMs, lab.takeDeaths()),
  ];
  for (const one of [room, probes.room]) await closeForGood(lab.system, one);
  return {
    ...{ seed, kind, place, what: fault.what, lastedMs: Math.round(liftedAt - inflictedAt) },
    ...{ servedAfterMs, settledAfterMs, calls: facts.calls.length, orders: sale.orders.length },
    seconds: Math.round((performance.now() - started) / 100) / 10,
    broken: verdicts.filter((verdict) => !verdict.kept),
  };
}

async function openDoors({ system }: Lab, room: string, { units, rate }: CrowdSize): Promise<string> {
  const productId = `${room}-sneaker`;
  await openSale(system, {
    ...{ room, name: 'A sale under test', productId, units },
    settings: {
      ...{ admissions_per_minute: rate, max_active: MAX_ACTIVE, claim_seconds: CLAIM_SECONDS },
      ...{ poll_min_ms: 500, poll_max_ms: 1_500, poll_budget_rps: 10_000, abandon_after_seconds: 30 },
      // The last units must not wait for called shoppers who do not come.
      stock_factor: 1_000,
    },
  });
  return productId;
}

/** Sends the crowd through the shoppers' link, and watches the room. */
async function send(
  lab: Lab,
  room: string,
  productId: string,
  { shoppers, rate, tempo }: CrowdSize,
  lifecycle: ReturnType<typeof createLifecycle>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-faults-'));
  lifecycle.onClose('call log', () => rm(folder, { recursive: true, force: true }));
  const startsAt = Date.now() + 500;
  const orders: GeneratorConfig = {
    ...{ shop: 'room', gateway: lab.door, room, productId, shoppers, startsAt, part: 0, parts: 1 },
    ...{ claimSeconds: CLAIM_SECONDS, arriveWithinMs: ARRIVE_WITHIN_MS / tempo, buysEvery: BUYS_EVERY },
    ...{ connections: 128, patienceMs: PATIENCE_MS, logFile: join(folder, 'calls') },
  };
  const generators = startGenerators([orders]);
  lifecycle.onClose('crowd', generators.kill);
  const active = watchActive(lab, room);
  lifecycle.onClose('watch', active.stop);
  return {
    end: async (signal: AbortSignal) => {
      const deadline = setTimeout(generators.stop, CROWD_ENDS_WITHIN_MS);
      signal.addEventListener('abort', generators.stop, { once: true });
      const results = await generators.done.finally(() => clearTimeout(deadline));
      await active.stop();
      return {
        ...{ shoppers, rate, cap: MAX_ACTIVE, calls: callsOf([orders]), results, startsAt },
        ...{ peakActive: active.peak(), claimSeconds: CLAIM_SECONDS },
      };
    },
  };
}

/** The highest number of active shoppers by the room's own figures, read without the shoppers' link. */
function watchActive({ system }: Lab, room: string) {
  const send = overFetch(system.urls.gateway, { patienceMs: 1_000 });
  const { roomStatus } = createShopper({ room, send });
  let peak = 0;
  let running: Promise<void> | undefined;
  const look = async () => {
    // A gateway may be stopped or gone: then the next sample tries again.
    const status = await roomStatus();
    if (status.ok) peak = Math.max(peak, status.document.active);
    running = undefined;
  };
  const timer = setInterval(() => {
    running ??= look();
  }, LOOK_EVERY_MS);
  return {
    peak: () => peak,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

function recovery(servedAfterMs: number | null, settledAfterMs: number | null, deaths: string[]): Verdict[] {
  const say = (guarantee: string, kept: boolean, evidence: string) => ({ guarantee, kept, evidence });
  return [
    say('Shoppers are served again', servedAfterMs !== null, inTime(servedAfterMs, SERVED_WITHIN_MS)),
    say('Everything settles', settledAfterMs !== null, inTime(settledAfterMs, SETTLED_WITHIN_MS)),
    say('No part ends unexpectedly', deaths.length === 0, deaths[0] ?? 'none'),
  ];
}

const inTime = (ms: number | null, limitMs: number) =>
  ms === null ? `not within ${limitMs / 1_000} s` : `after ${ms} ms`;
