import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { checkBuying, type Verdict } from '@shopfast/sandbox/checker/check';
import { gatherFacts } from '@shopfast/sandbox/checker/facts';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { patiently } from './books.ts';
import { admit, buy, type Market } from './buyer.ts';
import { type BuyingFault, injectFault, mailsMayRepeat } from './buying-faults.ts';
import { seeded } from './random.ts';
import { closeForGood, openQuickSale, type Shop, startShop, untilOnSale } from './shop.ts';

export type BuyingReport = {
  fault: BuyingFault;
  seed: number;
  orders: number;
  /** From the end of the fault until everything has settled, ms; null: not in time. */
  settledAfterMs: number | null;
  broken: Verdict[];
};

export const BUYERS = 500;
const UNITS = 200;
/** Buyers arrive within this time. */
const RUSH_MS = 3_000;
const LONGEST_RUN_MS = 120_000;
const SETTLE_WITHIN_MS = 75_000;

/** Repeats the same sale, each time with a new room and product, and a fault at a random moment. */
export async function runBuyingFaults(
  options: { kinds: readonly BuyingFault[]; runs: number; seed: number },
  lifecycle: Lifecycle,
  say: (line: string) => void,
): Promise<BuyingReport[]> {
  let shop = await startShop(lifecycle, say);
  const reports: BuyingReport[] = [];
  for (const fault of options.kinds) {
    for (let run = 1; run <= options.runs; run += 1) {
      const seed = options.seed * 1_000 + run;
      const started = performance.now();
      const report = await runOnce(shop, fault, seed).catch((error: Error) => notJudged(fault, seed, error));
      reports.push(report);
      // Violations stay in the database; the next run starts with a new one.
      if (report.broken.length > 0) {
        await shop.close();
        shop = await startShop(lifecycle, say);
      }
      const verdict = report.broken.map(({ guarantee, evidence }) => `${guarantee}: ${evidence}`).join(' | ');
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      say(
        `${fault}, run ${run}, seed ${seed}: ${report.orders} orders, settled after ${report.settledAfterMs} ms, ` +
          `${seconds} s in all: ${verdict === '' ? 'all guarantees hold' : `VIOLATED ${verdict}`}`,
      );
    }
  }
  return reports;
}

/** A run that could not be judged counts as violated. */
function notJudged(fault: BuyingFault, seed: number, error: Error): BuyingReport {
  const verdict = { guarantee: 'The run can be judged', kept: false, evidence: error.message };
  return { fault, seed, orders: 0, settledAfterMs: null, broken: [verdict] };
}

async function runOnce({ system, books }: Shop, fault: BuyingFault, seed: number): Promise<BuyingReport> {
  const random = seeded(seed);
  const since = new Date();
  const room = `buying-${fault.toLowerCase().replaceAll(' ', '-')}-${seed}`;
  const signal = AbortSignal.timeout(LONGEST_RUN_MS);
  const productId = await openQuickSale(system, room, UNITS);
  const market: Market = { gatewayUrl: system.urls.gateway, room, productId, signal };
  const admitted = await admit(market, BUYERS);
  await untilOnSale(market);

  const buying = admitted.map(async (one) => {
    await wait(random() * RUSH_MS);
    return buy(market, one, random);
  });
  await wait(random() * RUSH_MS);
  await injectFault(fault, system, random);
  const healedAt = performance.now();
  const buyers = await Promise.all(buying);
  const settled = await untilSettled(books(room, since), { withinMs: SETTLE_WITHIN_MS, signal });
  const settledAfterMs = settled === null ? null : Math.round(performance.now() - healedAt);

  const facts = await patiently(() => gatherFacts(books(room, since)));
  const given = { units: { [productId]: UNITS }, buyers, mailsMayRepeat: mailsMayRepeat(fault) };
  const broken = checkBuying(facts, given).filter((verdict) => !verdict.kept);
  if (settled === null)
    broken.push({ guarantee: 'Everything settles', kept: false, evidence: 'not in time' });
  await closeForGood(system, room);
  return { fault, seed, orders: facts.orders.length, settledAfterMs, broken };
}
