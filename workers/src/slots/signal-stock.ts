import type { Sql } from '@shopfast/db/client';
import { stockFiguresOfAll } from '@shopfast/db/stock';
import type { GatewayAdmin } from './gateway.ts';

/**
 * Sends the gateway the present stock of every room again. This repairs missed signals: a room that was created after
 * its products, a Redis that lost data before its copy in Postgres was written. A failure for one room does not stop
 * the others.
 */
export async function signalStock({ sql, gateway }: { sql: Sql; gateway: GatewayAdmin }): Promise<void> {
  const failures: unknown[] = [];
  for (const { room, ...figures } of await stockFiguresOfAll(sql))
    await gateway.putRemaining(room, figures).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
