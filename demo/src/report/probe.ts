import { randomUUID } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import { type Crowd, claim, join, sendOrder, waitForTurn } from '../crowd/shopper.ts';
import { sleep } from '../crowd/sleep.ts';

const ORDERS = 5;
/** What the checkout reads by itself, it reads again and again; on a machine under load that may take a while. */
const LONGEST_IDLE_MS = 15_000;

/**
 * Counts the statements that one order costs the checkout on its way in: everything that its role ran in Postgres
 * while a few people bought, except what it runs anyway while nobody does, and the payment service's webhook, which is
 * a request of its own and comes when the order has long been answered.
 * @param room a room whose tokens come at once
 * @returns statements per accepted order
 */
export async function probeStatementsPerOrder(sql: Sql, crowd: Crowd, room: string): Promise<number> {
  const sale = { ...crowd.sale, room, productId: `${room}-sneaker` };
  const buyers = { ...crowd, sale };
  await buyOnce(buyers);

  await sql`select pg_stat_statements_reset()`;
  const background = await watchIdle(sql, crowd.signal);

  await sql`select pg_stat_statements_reset()`;
  let accepted = 0;
  for (let order = 0; order < ORDERS && !crowd.signal.aborted; order += 1)
    if (await buyOnce(buyers)) accepted += 1;
  const calls = (await statementsOfCheckout(sql))
    .filter((statement) => !background.has(statement.queryid))
    .reduce((sum, statement) => sum + statement.calls, 0);
  return accepted === 0 ? 0 : Math.round((calls / accepted) * 100) / 100;
}

/** The statements that the checkout runs while nobody buys: watched until one of them has come round a second time. */
async function watchIdle(sql: Sql, signal: AbortSignal): Promise<Set<string>> {
  const deadline = Date.now() + LONGEST_IDLE_MS;
  for (;;) {
    await sleep(250, signal);
    const statements = await statementsOfCheckout(sql);
    const wentRound = statements.some((statement) => statement.calls >= 2);
    if (wentRound || signal.aborted || Date.now() > deadline)
      return new Set(statements.map((statement) => statement.queryid));
  }
}

async function buyOnce(crowd: Crowd): Promise<boolean> {
  const { room } = crowd.sale;
  const place = await join(crowd, room);
  if (!place) return false;
  const turn = await waitForTurn(crowd, room, place.ticket, place.pollAfterMs);
  const reservation = turn.outcome === 'called' ? await claim(crowd, room, place.ticket) : null;
  if (!reservation) return false;
  const form = { email: `probe-${randomUUID()}@example.com`, card: 'pm_card_visa' };
  return (await sendOrder(crowd, reservation, form)).status === 202;
}

function statementsOfCheckout(sql: Sql): Promise<Array<{ queryid: string; calls: number }>> {
  return sql`
    select queryid::text, sum(calls)::int as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
     where r.rolname = 'shopfast_checkout' and s.toplevel and s.query not ilike '%insert into payment_events%'
     group by queryid`;
}
