import { findRoom } from '@shopfast/db/rooms/find';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';
import { wipeRoom } from './wipe.ts';

/**
 * Numbers that Redis may have given after the last save to Postgres. After a loss counting goes on beyond them, so that
 * no number is given twice and nobody new comes before a holder who returns.
 */
const LOST_SECOND_MARGIN = 1_000;

/**
 * Writes a room as Postgres has it into Redis; an older version than Redis has changes nothing. A room that was made
 * there, though it was deleted while we were at it, is removed again.
 */
export async function mirrorRoom(gateway: Gateway, row: RoomRow): Promise<void> {
  const room = gateway.rooms.put(row);
  const { settings } = room;
  const [code] = await gateway.redis.wrConfigure(
    roomKeys(row.id).room,
    row.version,
    row.epoch,
    row.state,
    settings.admissions_per_minute,
    settings.max_active,
    settings.claim_seconds * 1_000,
    settings.abandon_after_seconds * 1_000,
    settings.stock_factor,
    settings.poll_budget_rps,
    row.high_number === 0 ? 0 : row.high_number + LOST_SECOND_MARGIN,
    row.serving,
    row.remaining ?? '',
    row.held ?? '',
    row.sold ?? '',
    row.stock_version ?? '',
    '',
    '',
  );
  const wasMade = code === 2;
  if (wasMade && !(await findRoom(gateway.sql, row.id))) {
    gateway.rooms.remove(row.id);
    await wipeRoom(gateway, row.id);
  }
}

/** Puts a room that Redis does not know (or knows in an old version) back; a room that was deleted is forgotten. */
export async function restoreRoom(gateway: Gateway, id: string): Promise<void> {
  const row = await findRoom(gateway.sql, id);
  if (!row) return gateway.rooms.remove(id);
  await mirrorRoom(gateway, row);
}
