import type { Sql } from '@shopfast/db/client';
import { type RoomMarks, saveMarks, saveRoomCalls } from '@shopfast/db/room-progress';
import type { RoomCalls } from '@shopfast/db/schema/gateway';
import { toStored } from './call-log.ts';
import type { Room } from './room.ts';
import { admits } from './state-machine.ts';

/** Logs without new calls are saved only this often, all together, to record that there were none. */
const QUIET_MS = 10_000;

/**
 * Saves the high-water marks and the last calls of rooms: two statements for all rooms that have changed, none for
 * rooms that have not. So they survive a loss of Redis and of all gateways at the same time.
 */
export function createProgressSaver(sql: Sql): (rooms: Room[]) => Promise<void> {
  const savedMarks = new Map<string, string>();
  const savedCalls = new Map<string, SavedCalls>();
  let quietSavedAt = Number.NEGATIVE_INFINITY;

  async function saveNewMarks(rooms: Room[]): Promise<void> {
    const news = rooms.flatMap((room) => {
      const marks = marksOf(room);
      return marks && savedMarks.get(room.id) !== JSON.stringify(marks) ? [marks] : [];
    });
    await saveMarks(sql, news);
    for (const marks of news) savedMarks.set(marks.room, JSON.stringify(marks));
  }

  async function saveNewCalls(rooms: Room[]): Promise<void> {
    const now = performance.now();
    const withQuiet = now - quietSavedAt >= QUIET_MS;
    const news = rooms.flatMap((room) => callsOf(room, savedCalls.get(room.id), withQuiet) ?? []);
    await saveRoomCalls(
      sql,
      news.map(({ row }) => row),
    );
    if (withQuiet) quietSavedAt = now;
    for (const { row, call } of news) savedCalls.set(row.room_id, { call, at: row.known_at });
  }

  return async (rooms) => {
    await saveNewMarks(rooms);
    await saveNewCalls(rooms);
    const known = new Set(rooms.map(({ id }) => id));
    for (const saved of [savedMarks, savedCalls])
      for (const id of saved.keys()) if (!known.has(id)) saved.delete(id);
  };
}

/** The latest call, and until when the log was complete. */
type SavedCalls = { call: number; at: number };

function marksOf({ id, epoch, snapshot }: Room): RoomMarks | null {
  if (!snapshot) return null;
  return {
    room: id,
    epoch,
    high_number: snapshot.issued,
    serving: snapshot.serving,
    priority_high_number: snapshot.priority.issued,
    priority_serving: snapshot.priority.serving,
  };
}

function callsOf(
  { id, epoch, state, callLog: log }: Room,
  before: SavedCalls | undefined,
  withQuiet: boolean,
): { row: RoomCalls; call: number } | null {
  if (!log || !admits(state)) return null;
  const call = log.entries.at(-1)?.at ?? -1;
  if (before?.call === call && !(withQuiet && log.redisAt > before.at)) return null;
  return { row: { room_id: id, epoch, known_at: log.redisAt, log: toStored(log) }, call };
}
