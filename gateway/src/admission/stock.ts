import { saveStock } from '@shopfast/db/room-progress';
import type { StockSignal } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { runStock } from '../lua/stock.ts';
import type { AdmissionDeps } from './deps.ts';

/**
 * Stores the shop's stock figures for a room: they set the third cap, and sold-out. Also stored in Postgres, so that a
 * Redis that lost all data does not admit people to an empty shop.
 * @throws Problem stale_version when a newer figure is known
 */
export async function takeStock(deps: AdmissionDeps, room: string, signal: StockSignal): Promise<void> {
  const outcome = await runStock(deps.redis, room, { ...signal, version: signal.version ?? null });
  if (outcome === 'room_unknown') throw deps.rooms.reportMissing(room);
  if (outcome === 'stale') throw new Problem('stale_version');
  await saveStock(deps.sql, room, signal, new Date(deps.clock.now()));
}
