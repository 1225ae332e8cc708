import { randomUUID } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import { countStatements, type Statement } from '@shopfast/sandbox/checker/statements';
import { oneOf } from '@shopfast/sandbox/shopper/calls';
import type { Shopper } from '@shopfast/sandbox/shopper/shopper';
import { Ledger } from '../crowd/ledger.ts';
import { reserve } from '../crowd/reserve.ts';

const ORDERS = 5;

export type PerOrder = { count: number; statements: Statement[] };

/**
 * Counts the checkout's statements per order while a few people buy.
 * @param shopper of a room that calls at once
 * @returns statements per accepted order, and which they were
 */
export async function probeStatementsPerOrder(
  sql: Sql,
  shopper: Shopper,
  productId: string,
  signal: AbortSignal,
): Promise<PerOrder> {
  const buyOnce = async () => {
    const reservation = await reserve({ ledger: new Ledger(), signal }, shopper);
    if (!reservation) return false;
    const order = oneOf(productId, `probe-${randomUUID()}@example.com`);
    return (await shopper.order(reservation, order)).ok;
  };
  await buyOnce();

  const {
    calls,
    statements,
    result: accepted,
  } = await countStatements(sql, signal, async () => {
    let placed = 0;
    for (let order = 0; order < ORDERS && !signal.aborted; order += 1) if (await buyOnce()) placed += 1;
    return placed;
  });
  return { count: accepted === 0 ? 0 : Math.round((calls / accepted) * 100) / 100, statements };
}
