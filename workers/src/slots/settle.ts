import type { Sql } from '@shopfast/db/client';
import { stockFigures, stockFiguresOfAll } from '@shopfast/db/stock';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import type { GatewayAdmin } from './gateway.ts';

/**
 * Tells the gateway how many units a room has left, and, with a `jti`, that this shopper's slot is free. The figures
 * are read now, not when the job was created, and carry a version: late or repeated jobs change nothing.
 */
export async function settleSlot(
  { room, jti }: JobPayload<'slots.settle'>,
  deps: { sql: Sql; gateway: GatewayAdmin },
): Promise<void> {
  const answer = await deps.gateway.putRemaining(room, await stockFigures(deps.sql, room));
  if (jti && answer !== 'room_unknown') await deps.gateway.freeSlot(room, jti);
}

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
