import type { Sql } from '@shopfast/db/client';
import { saveRoomCalls } from '@shopfast/db/room-progress';
import { toStored } from './call-log.ts';
import type { Room } from './room.ts';
import { admits } from './state-machine.ts';

/** A log without new calls is saved only this often, to record that there were none. */
const QUIET_MS = 10_000;

/**
 * Saves the last calls of rooms in the background, when there are new ones. So they survive a loss of Redis and of all
 * gateways at the same time.
 */
export function createCallSaver(sql: Sql): (room: Room) => Promise<void> {
  const saved = new Map<string, { call: number; at: number }>();

  return async (room) => {
    const log = room.callLog;
    if (!log || !admits(room.state)) return;
    const before = saved.get(room.id);
    const call = log.entries.at(-1)?.at ?? -1;
    if (before && before.call === call && log.redisAt - before.at < QUIET_MS) return;
    await saveRoomCalls(sql, {
      room_id: room.id,
      epoch: room.epoch,
      known_at: log.redisAt,
      log: toStored(log),
    });
    saved.set(room.id, { call, at: log.redisAt });
  };
}
