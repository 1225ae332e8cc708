import type { Sql } from '@shopfast/db/client';
import { stockFiguresOfAll } from '@shopfast/db/stock/figures';
import type { GatewayAdmin } from './gateway.ts';

/**
 * Tells the gateway the present stock of every room again, so that whatever it missed, or lost, mends itself: a room that was made
 * after its products, a Redis that was emptied between a signal and its copy in Postgres. A failure leaves no other room out.
 */
export async function signalStock({ sql, gateway }: { sql: Sql; gateway: GatewayAdmin }): Promise<void> {
  const failures: unknown[] = [];
  for (const { room, ...figures } of await stockFiguresOfAll(sql))
    await gateway.putRemaining(room, figures).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
