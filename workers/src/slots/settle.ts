import type { Sql } from '@shopfast/db/client';
import { stockFigures } from '@shopfast/db/stock';
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
