import { findRoom, updateRoom as saveRoom } from '@shopfast/db/rooms';
import type { RoomEvent } from '@shopfast/db/webhook-deliveries';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import {
  DEFAULT_SETTINGS,
  type RoomSettings,
  roomSettings,
  type SomeSettings,
} from '@shopfast/kit/contracts/rooms';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { RoomDeps } from './deps.ts';
import type { Room } from './room.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';

/**
 * Changes some settings of a room, audited. It takes effect within one tick.
 * @param expectedVersion from `If-Match`; null: any version
 * @throws Problem room_unknown, invalid_request, edit_conflict
 */
export async function updateRoom(
  deps: RoomDeps,
  id: string,
  changes: SomeSettings,
  expectedVersion: number | null,
  author: Author,
): Promise<Room> {
  const row = await findRoom(deps.sql, id);
  if (!row) throw new Problem('room_unknown');
  if (expectedVersion !== null && expectedVersion !== row.version) throw new Problem('edit_conflict');

  const before: RoomSettings = { ...DEFAULT_SETTINGS, ...row.settings, name: row.name };
  const parsed = roomSettings.safeParse({ ...before, ...changes });
  if (!parsed.success) throw invalidRequest(parsed.error.issues);

  const isSwitched = (setting: 'rehearsal' | 'queueing_method') => parsed.data[setting] !== before[setting];
  if (isSwitched('rehearsal') && row.state !== 'scheduled') throw onlyWhileScheduled('Rehearsal', row.state);
  // The commitment of a lottery must exist before anybody joins, and must not change afterwards.
  const intoOrOutOfLottery = [before, parsed.data].some((room) => room.queueing_method === 'lottery');
  if (isSwitched('queueing_method') && intoOrOutOfLottery && row.state !== 'scheduled')
    throw onlyWhileScheduled('A lottery', row.state);

  const isLottery = parsed.data.queueing_method === 'lottery';
  if (isLottery && row.state !== 'scheduled' && parsed.data.priority_share > before.priority_share)
    throw new Problem('state_conflict', {
      detail: `The room is ${row.state}. Raise the priority share of a lottery before its lobby opens.`,
    });

  const { name, ...settings } = parsed.data;
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'room.update',
    target: id,
    before: pick(before, changes),
    after: changes,
  });
  const changed = await saveRoom(deps.sql, row, { name, settings }, entry, eventsOf(before, parsed.data));
  if (!changed) throw new Problem('edit_conflict');
  await syncRoomToRedis(deps, changed);
  return deps.rooms.get(id);
}

function onlyWhileScheduled(what: string, state: string): Problem {
  return new Problem('state_conflict', {
    detail: `The room is ${state}. ${what} can be switched only while a room is scheduled: reset it first.`,
  });
}

function eventsOf(before: RoomSettings, after: RoomSettings): RoomEvent[] {
  const [from, to] = [before.admissions_per_minute, after.admissions_per_minute];
  return from === to ? [] : [{ event: 'room.rate_changed', data: { before: from, after: to } }];
}

function pick(from: Record<string, unknown>, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key]]));
}
