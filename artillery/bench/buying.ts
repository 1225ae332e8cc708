import { randomUUID } from 'node:crypto';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { countStatements } from '@shopfast/sandbox/checker/statements';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { type Call, calls, oneOf } from '@shopfast/sandbox/shopper/calls';
import { ask, overFetch } from '@shopfast/sandbox/shopper/transport';
import { watchConnections } from '../peak-connections.ts';
import { type BenchCheckout, BINDING, startCheckout } from './checkout.ts';
import { median } from './median.ts';
import { purchaseScript, runPgbench } from './pgbench.ts';
import { residentBytes, withCpu } from './process-cost.ts';
import { type Measured, measure, type Request } from './wrk.ts';

const PLENTY = 1_000_000_000;
/** Tokens for one second of orders: more than any checkout on two cores can process. */
const ORDERS_A_SECOND = 3_000;
const SOLD_OUT_TOKENS = 20_000;

/**
 * Buying over HTTP compared with pgbench running the bare purchase statement on the same server, and the "sold out"
 * answer compared with a "hello", alternating.
 */
export async function measureBuying(
  options: { rounds: number; seconds: number; helloUrl: string },
  lifecycle: Lifecycle,
  say: (step: string) => void,
) {
  const checkout = await startCheckout(lifecycle);
  await checkout.offer('sneaker', PLENTY);
  await checkout.offer('bare', PLENTY);
  await checkout.offer('gone', 0);
  const script = await purchaseScript(checkout.databaseUrl, 'bare');
  say(`signing ${SOLD_OUT_TOKENS} tokens`);
  const tooLate = buyers(await checkout.mint(SOLD_OUT_TOKENS), 'gone');
  const hello: Request[] = [{ method: 'GET', path: '/' }];
  const connections = watchConnections(checkout.sql, 'shopfast_checkout');

  type WithCpu = Measured & { cpuUs: number };
  const rounds: Array<{ order: WithCpu; pgbench: number; soldOut: WithCpu; hello: Measured }> = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const seconds = round === 0 ? 1 : options.seconds;
    const early = buyers(await checkout.mint(ORDERS_A_SECOND * seconds), 'sneaker');
    const one = {
      order: await withCpu(checkout.pid, () => measureOrders(checkout, early, seconds)),
      pgbench: await runPgbench(checkout.databaseUrl, script, seconds),
      soldOut: await withCpu(checkout.pid, () => measure(checkout.url, tooLate, seconds, 'refused')),
      hello: await measure(options.helloUrl, hello, seconds),
    };
    if (round > 0) rounds.push(one);
    say(
      `${round === 0 ? 'warming up' : `round ${round}/${options.rounds}`}  order: ${Math.round(one.order.rps)}/s, ` +
        `pgbench: ${Math.round(one.pgbench)}/s, sold out: ${Math.round(one.soldOut.rps)}/s, hello: ${Math.round(one.hello.rps)}/s`,
    );
  }
  const peak = await connections.stop();
  const statements = await statementsPerOrder(checkout);
  say(`${peak} database connections at most, ${statements} statements per order`);

  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  return {
    order: {
      rps: Math.round(of((round) => round.order.rps)),
      pgbench_rps: Math.round(of((round) => round.pgbench)),
      ratio: rounded(of((round) => round.order.rps / round.pgbench)),
      p99_ms: rounded(of((round) => round.order.p99Ms)),
      cpu_us: Math.round(of((round) => round.order.cpuUs)),
      statements_per_order: statements,
      peak_connections: peak,
    },
    sold_out: {
      rps: Math.round(of((round) => round.soldOut.rps)),
      ratio: rounded(of((round) => round.soldOut.rps / round.hello.rps)),
      p99_ms: rounded(of((round) => round.soldOut.p99Ms)),
      cpu_us: Math.round(of((round) => round.soldOut.cpuUs)),
    },
    checkout_resident_mb: Math.round(residentBytes(checkout.pid) / 1e6),
  };
}

/** Each request has its own token; the database must show that each bought once. */
async function measureOrders({ url, sql }: BenchCheckout, requests: Request[], seconds: number) {
  const count = async () => (await sql<{ n: number }[]>`select count(*)::int as n from orders`)[0]?.n ?? 0;
  const before = await count();
  const measured = await measure(url, requests, seconds);
  const placed = (await count()) - before;
  if (placed < measured.requests || measured.requests > requests.length)
    throw new Error(`${measured.requests} orders were answered, ${placed} are in the database`);
  return measured;
}

async function statementsPerOrder({ url, sql, mint }: BenchCheckout): Promise<number> {
  const orders = buyers(await mint(20), 'sneaker');
  const send = overFetch(url);
  const { calls: statements } = await countStatements(sql, AbortSignal.timeout(60_000), async () => {
    for (const order of orders) {
      const placed = await ask(send, order);
      if (!placed.ok) throw new Error(`an order was answered ${describe(placed)}`);
    }
  });
  return rounded(statements / orders.length);
}

/** Unsent orders, each with its own token. */
export const buyers = (tokens: string[], productId: string): Call<OrderAnswer>[] =>
  tokens.map((token) =>
    calls.order({ token, binding: BINDING }, oneOf(productId, `${randomUUID()}@example.com`)),
  );

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
