import { randomUUID } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import { countStatements } from '@shopfast/sandbox/checker/statements';
import { type Crowd, claim, join, sendOrder, waitForTurn } from '../crowd/shopper.ts';

const ORDERS = 5;
/** What the checkout does of itself once in a while may fall into a measurement, but hardly into each of several. */
const MEASUREMENTS = 3;

/**
 * Counts the statements that one order costs the checkout on its way in, while a few people buy: the least of several
 * measurements.
 * @param room a room whose tokens come at once
 * @returns statements per accepted order
 */
export async function probeStatementsPerOrder(sql: Sql, crowd: Crowd, room: string): Promise<number> {
  const sale = { ...crowd.sale, room, productId: `${room}-sneaker` };
  const buyers = { ...crowd, sale };
  await buyOnce(buyers);

  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MEASUREMENTS && least > 1 && !crowd.signal.aborted; round += 1)
    least = Math.min(least, await measure(sql, buyers));
  return Number.isFinite(least) ? least : 0;
}

async function measure(sql: Sql, buyers: Crowd): Promise<number> {
  const { calls, result: accepted } = await countStatements(sql, buyers.signal, async () => {
    let placed = 0;
    for (let order = 0; order < ORDERS && !buyers.signal.aborted; order += 1)
      if (await buyOnce(buyers)) placed += 1;
    return placed;
  });
  return accepted === 0 ? Number.POSITIVE_INFINITY : Math.round((calls / accepted) * 100) / 100;
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
