import { randomUUID } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import { countStatements, type Statement } from '@shopfast/sandbox/checker/statements';
import { type Crowd, claim, join, sendOrder, waitForTurn } from '../crowd/shopper.ts';

const ORDERS = 5;

export type PerOrder = { count: number; statements: Statement[] };

/**
 * Counts the checkout's statements per order while a few people buy.
 * @param room a room that calls at once
 * @returns statements per accepted order, and which they were
 */
export async function probeStatementsPerOrder(sql: Sql, crowd: Crowd, room: string): Promise<PerOrder> {
  const sale = { ...crowd.sale, room, productId: `${room}-sneaker` };
  const buyers = { ...crowd, sale };
  await buyOnce(buyers);

  const {
    calls,
    statements,
    result: accepted,
  } = await countStatements(sql, crowd.signal, async () => {
    let placed = 0;
    for (let order = 0; order < ORDERS && !crowd.signal.aborted; order += 1)
      if (await buyOnce(buyers)) placed += 1;
    return placed;
  });
  return { count: accepted === 0 ? 0 : Math.round((calls / accepted) * 100) / 100, statements };
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
