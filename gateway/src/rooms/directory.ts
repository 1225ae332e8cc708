import type { Sql } from '@shopfast/db/client';
import { listRooms } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import { DEFAULT_SETTINGS, type RoomSettings } from '@shopfast/kit/contracts/rooms';
import { isShopAddress } from '@shopfast/kit/contracts/web-address';
import { Problem } from '@shopfast/kit/errors';
import type { Sealer } from '@shopfast/kit/sealer';
import { commitmentTo } from '../lottery/draw.ts';
import { drawOf } from '../lottery/seed.ts';
import type { Line } from '../lua/keys.ts';
import type { CallLog } from './call-log.ts';
import { smoothedJoinRate } from './join-rate.ts';
import { type Room, type Snapshot, waitingInBoth } from './room.ts';
import { admits, type StoredState } from './state-machine.ts';
import { assumedThroughput, type ThroughputReading, updateThroughput } from './throughput-estimator.ts';

/**
 * The rooms as this process knows them. Requests read it and never wait for Postgres. It is refreshed once a second,
 * and at once when a tick sees a newer version.
 */
export type RoomDirectory = {
  /** @throws Problem room_unknown */
  get(id: string): Room;
  has(id: string): boolean;
  find(id: string): Room | undefined;
  all(): Room[];
  refresh(): Promise<void>;
  /** Stores a row that was just written here, without waiting for the refresh. */
  put(row: RoomRow): Room;
  remove(id: string): void;
  /** Stores what a tick saw. */
  recordSnapshot(id: string, seen: { epoch: number; snapshot: Snapshot; callLog?: CallLog }): void;
  /** Calls the listener when a tick sees that a line has advanced, by any gateway. */
  onServed(listener: ServedListener): void;
  /** Reports that Redis does not know this room. The ticker restores it; returns the error for the client meanwhile. */
  reportMissing(id: string): Problem;
  consumeMissing(): string[];
};

type ServedListener = (room: string, line: Line, from: number, to: number) => void;

export function createRoomDirectory(sql: Sql, sealer: Sealer): RoomDirectory {
  const rooms = new Map<string, Room>();
  const missing = new Set<string>();
  /** Counts writes, and the write of each room, to know which rooms are newer than a list that was read meanwhile. */
  let puts = 0;
  const putAt = new Map<string, number>();
  const servedListeners: ServedListener[] = [];

  const notifyServed = (room: string, line: Line, from: number, to: number): void => {
    if (to > from) for (const listener of servedListeners) listener(room, line, from, to);
  };

  const put = (row: RoomRow): Room => {
    const known = rooms.get(row.id);
    if (known && isNewer(known, row)) return known;
    const settings: RoomSettings = {
      ...DEFAULT_SETTINGS,
      // They were checked when they were saved.
      ...(row.settings as Partial<RoomSettings>),
      name: row.name,
    };
    // Older rooms were not checked: no shopper may be sent to an address that browsers read differently from the
    // operator.
    if (!isShopAddress(settings.checkout_url)) settings.checkout_url = DEFAULT_SETTINGS.checkout_url;
    const state = row.state;
    const sameEpoch = known && known.epoch === row.epoch ? known : null;
    const snapshot = sameEpoch?.snapshot ?? null;
    const room: Room = {
      id: row.id,
      settings,
      state,
      shownState: shownState(state, snapshot),
      version: row.version,
      epoch: row.epoch,
      revokedCodes: row.revoked_codes,
      takesCodesWithoutEpoch: row.takes_codes_without_epoch,
      snapshot,
      callLog: sameEpoch?.callLog ?? null,
      highestJoined: sameEpoch?.highestJoined ?? 0,
      highestPriorityJoined: sameEpoch?.highestPriorityJoined ?? 0,
      joinsPerSecond: known?.joinsPerSecond ?? 0,
      throughput: sameEpoch?.throughput ?? assumedThroughput(settings),
      joinRate: known?.joinRate ?? 0,
      lottery: lotteryOf(row, settings, sealer, sameEpoch?.lottery ?? null),
    };
    rooms.set(row.id, room);
    puts += 1;
    putAt.set(row.id, puts);
    return room;
  };
  const forget = (id: string) => {
    rooms.delete(id);
    putAt.delete(id);
  };

  return {
    get: (id) => {
      const room = rooms.get(id);
      if (!room) throw new Problem('room_unknown');
      return room;
    },
    has: (id) => rooms.has(id),
    find: (id) => rooms.get(id),
    all: () => [...rooms.values()],
    put,
    refresh: async () => {
      const asOf = puts;
      const rows = await listRooms(sql);
      const present = new Set(rows.map((row) => row.id));
      // A room that was created while the list was being read is not in it, and stays.
      for (const id of rooms.keys()) if (!present.has(id) && (putAt.get(id) ?? 0) <= asOf) forget(id);
      for (const row of rows) put(row);
    },
    remove: forget,
    recordSnapshot: (id, { epoch, snapshot, callLog }) => {
      const room = rooms.get(id);
      // The reply of a step from before a reset may arrive after it: its numbers are not those of this generation.
      if (room?.epoch !== epoch) return;
      const before = room.snapshot ?? snapshot;
      room.joinsPerSecond = joinsPerSecond(room, snapshot);
      room.joinRate = smoothedJoinRate(room.joinRate, room.snapshot, snapshot);
      room.throughput = updateThroughput(
        room.throughput,
        room.snapshot && readingOf(room.snapshot),
        readingOf(snapshot),
        room.settings,
        admits(room.state),
      );
      room.snapshot = snapshot;
      if (callLog) room.callLog = callLog;
      room.shownState = shownState(room.state, snapshot);
      notifyServed(id, 'ordinary', before.serving, snapshot.serving);
      notifyServed(id, 'priority', before.priority.serving, snapshot.priority.serving);
    },
    onServed: (listener) => void servedListeners.push(listener),
    reportMissing: (id) => {
      missing.add(id);
      return new Problem('unavailable', { detail: 'Your place is being restored.', retryAfterSeconds: 2 });
    },
    consumeMissing: () => {
      const ids = [...missing];
      missing.clear();
      return ids;
    },
  };
}

/** Versions count within a generation. A room that was created again may start with any version. */
function isNewer(known: Room, row: RoomRow): boolean {
  if (known.epoch !== row.epoch) return known.epoch > row.epoch;
  return known.version > row.version;
}

/** Rate and slots are shared by both lines, so a room has one throughput. */
const readingOf = (snapshot: Snapshot): ThroughputReading => ({
  ...snapshot,
  waiting: waitingInBoth(snapshot),
});

/** A seed stays for an epoch, so the known one need not be decrypted each second. */
function lotteryOf(
  row: RoomRow,
  { queueing_method }: RoomSettings,
  sealer: Sealer,
  known: Room['lottery'],
): Room['lottery'] {
  if (queueing_method !== 'lottery') return null;
  if (known && (known.drawn !== null) === (row.lottery_size !== null)) return known;
  const draw = drawOf(row, sealer);
  if (!draw) return null;
  const { seed, version } = draw;
  const drawn = row.lottery_size === null ? null : { seed, size: row.lottery_size };
  return { version, commitment: commitmentTo(seed, version), drawn };
}

/** Rises at once and falls slowly, so that a burst counts for some seconds. */
function joinsPerSecond({ snapshot: before, joinsPerSecond: known }: Room, now: Snapshot): number {
  if (!before || now.at <= before.at || now.issued < before.issued) return known;
  const seconds = (now.at - before.at) / 1_000;
  const measured = (now.issued - before.issued) / Math.max(seconds, 0.1);
  return Math.max(measured, known * 0.8 ** seconds);
}

function shownState(state: StoredState, snapshot: Snapshot | null): Room['shownState'] {
  if (state !== 'open' && state !== 'draining') return state;
  return snapshot?.remaining === 0 && snapshot.held === 0 ? 'sold_out' : 'open';
}
