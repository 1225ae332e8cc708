import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { keysOf, present } from '@shopfast/kit/narrow';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { median } from '../bench/median.ts';
import { setMail, setPayment } from '../misbehave.ts';
import { admit, buy, type Market } from './buyer.ts';
import { seeded } from './random.ts';
import { openQuickSale, type Shop, startShop, untilOnSale } from './shop.ts';

const CONDITIONS = {
  healthy: async () => {},
  'payments 3 s slow': ({ system }: Shop) => setPayment(system, { latency_ms: 3_000 }),
  'payments and mail down': async ({ system }: Shop) => {
    await setPayment(system, { error_rate: 1 });
    await setMail(system, { refuse: true });
  },
} satisfies Record<string, (shop: Shop) => Promise<void>>;
type Condition = keyof typeof CONDITIONS;

/** Each round with a fault has a healthy one beside it, so that a slow moment of the machine affects both. */
const COURSE: Condition[] = ['healthy', 'payments 3 s slow', 'healthy', 'payments and mail down'];
export const MOST_RATIO = 1.2;

const ORDERS = 500;
const ORDERS_A_SECOND = 100;
const SETTLE_WITHIN_MS = 180_000;

export type SlowPaymentsReport = Array<{ condition: Condition; p99Ms: number; ratio: number }>;

/**
 * The effect of slow or failing payments on orders: p99 of `POST /v1/orders` at a steady rate, alternating with healthy
 * runs. Each run starts when the previous one has settled, so that none processes another's backlog.
 * @returns medians over the rounds; `ratio` is to the healthy run just before
 */
export async function measureSlowPayments(
  options: { rounds: number; seed: number },
  lifecycle: Lifecycle,
  say: (line: string) => void,
): Promise<SlowPaymentsReport> {
  const shop = await startShop(lifecycle, say);
  const random = seeded(options.seed);
  await orderSteadily(shop, 'warm-up', 'healthy', random);
  const measured: Array<{ condition: Condition; p99Ms: number; ratio: number }> = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    let healthy = Number.NaN;
    for (const [at, condition] of COURSE.entries()) {
      const p99Ms = await orderSteadily(shop, `steady-${round}-${at}`, condition, random);
      if (condition === 'healthy') healthy = p99Ms;
      measured.push({ condition, p99Ms, ratio: p99Ms / healthy });
      say(`round ${round}/${options.rounds}  ${condition}: p99 ${p99Ms.toFixed(1)} ms`);
    }
  }
  return keysOf(CONDITIONS).map((condition) => {
    const of = measured.filter((one) => one.condition === condition);
    return {
      condition,
      p99Ms: median(of.map((one) => one.p99Ms)),
      ratio: median(of.map((one) => one.ratio)),
    };
  });
}

/** @returns p99 of the answers to orders, ms */
async function orderSteadily(shop: Shop, room: string, condition: Condition, random: () => number) {
  const { system } = shop;
  const since = new Date();
  const signal = AbortSignal.timeout(SETTLE_WITHIN_MS);
  const productId = await openQuickSale(system, room, ORDERS);
  const market: Market = { gatewayUrl: system.urls.gateway, room, productId, signal };
  const admitted = await admit(market, ORDERS);
  await untilOnSale(market);
  await CONDITIONS[condition](shop);
  const times: number[] = [];
  await Promise.all(
    admitted.map(async (one, at) => {
      await wait((at * 1_000) / ORDERS_A_SECOND);
      await buy(market, one, random, (ms) => times.push(ms));
    }),
  );
  await setPayment(system, null);
  await setMail(system, null);
  if (times.length < ORDERS) throw new Error(`${times.length} of ${ORDERS} orders were accepted`);
  if ((await untilSettled(shop.books(room, since), { withinMs: SETTLE_WITHIN_MS })) === null)
    throw new Error(`"${condition}" did not come to rest`);
  return present(times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1]);
}
