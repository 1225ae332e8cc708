import { saveStock } from '@shopfast/db/room-progress';
import type { StockSignal } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';

/**
 * Stores the shop's stock figures for a room: they set the third cap, and sold-out. Also stored in Postgres, so that a
 * Redis that lost all data does not admit people to an empty shop.
 * @throws Problem stale_version when a newer figure is known
 */
export async function takeStock(gateway: Gateway, room: string, signal: StockSignal): Promise<void> {
  const { remaining, held, sold, version } = signal;
  const code = await gateway.redis.wrStock(roomKeys(room).room, remaining, held, sold, version ?? '');
  if (code === 0) throw gateway.rooms.reportMissing(room);
  if (code === -1) throw new Problem('stale_version');
  await saveStock(gateway.sql, room, signal, new Date(gateway.clock.now()));
}
