import { findRoomCalls, saveDraw } from '@shopfast/db/room-progress';
import { findRoom } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import { restoreUses } from '../codes/uses.ts';
import { drawOf } from '../lottery/seed.ts';
import { drawTable } from '../lottery/table.ts';
import { type KnownCalls, type RoomInRedis, runConfigure } from '../lua/configure.ts';
import { roomKeys } from '../lua/keys.ts';
import { type CallLog, fromStored, knownCallsOf, laterLog } from './call-log.ts';
import type { RoomDeps } from './deps.ts';
import { type HighWaterMarks, highWaterMarksOf } from './high-water-marks.ts';
import type { Room } from './room.ts';
import { wipeRoom } from './wipe.ts';

/**
 * High-water marks are saved to Postgres once a second. A gateway without its own marks allows for this many numbers
 * since.
 */
const MARGIN_WITHOUT_MARKS = 1_000;

/**
 * Writes a room from Postgres to Redis. An older version than the one in Redis changes nothing. Keys of an earlier
 * generation are removed first (a gateway may have died between the row and the keys). If the room was deleted
 * meanwhile, its new keys are removed again.
 */
export async function syncRoomToRedis(deps: RoomDeps, row: RoomRow): Promise<void> {
  const room = deps.rooms.put(row);
  if (room.epoch > row.epoch) return;
  const marks = marksOf(row, room);
  const draw = room.settings.queueing_method === 'lottery' ? drawOf(row, deps.sealer) : null;
  const isMade = (await deps.redis.exists(roomKeys(row.id).room)) === 1;
  if (!isMade) await restoreUses(deps, row);
  const callLog = isMade ? room.callLog : await lastCalls(deps, row, room);
  const calls = callLog && knownCallsOf(callLog, deps.config.tickMs);
  const inRedis = roomInRedis(row, { room, marks, draw, calls });
  const write = (words: Buffer | null = null) => runConfigure(deps.redis, row.id, inRedis, words);
  let reply = await write();
  if (reply.outcome === 'earlier_epoch') {
    await wipeRoom(deps, row.id, row.epoch - 1);
    await restoreUses(deps, row);
    reply = await write();
  }
  // The lobby may grow meanwhile, so the table has words for a larger one.
  while (draw && reply.outcome === 'needs_words') reply = await write(drawTable(draw.seed, reply.size * 2));
  const drawnFor = 'lotterySize' in reply ? reply.lotterySize : null;
  if (drawnFor !== null && row.lottery_size === null) {
    const drawn = await saveDraw(deps.sql, { room: row.id, epoch: row.epoch, size: drawnFor });
    if (drawn) deps.rooms.put(drawn);
  }
  const wasMade = reply.outcome === 'created';
  if (wasMade && !(await findRoom(deps.sql, row.id))) {
    deps.rooms.remove(row.id);
    await wipeRoom(deps, row.id, row.epoch);
  }
}

type Written = {
  room: Room;
  marks: Marks;
  draw: ReturnType<typeof drawOf>;
  calls: KnownCalls | null;
};

function roomInRedis(row: RoomRow, { room, marks, draw, calls }: Written): RoomInRedis {
  const { settings } = room;
  return {
    version: row.version,
    epoch: row.epoch,
    state: row.state,
    admissionsPerMinute: settings.admissions_per_minute,
    maxActive: settings.max_active,
    claimMs: settings.claim_seconds * 1_000,
    abandonMs: settings.abandon_after_seconds * 1_000,
    stockFactor: settings.stock_factor,
    pollBudgetRps: settings.poll_budget_rps,
    queueingMethod: settings.queueing_method,
    priorityShare: Math.round(settings.priority_share * 1_000),
    marks,
    remaining: row.remaining,
    held: row.held,
    sold: row.sold,
    stockVersion: row.stock_version,
    lottery: draw && { version: draw.version, seed: draw.seed },
    lotterySize: row.lottery_size,
    calls,
  };
}

type Marks = Required<Omit<HighWaterMarks, 'epoch' | 'callLog'>>;

/**
 * Where to continue counting when Redis has lost the room: from Postgres, or from this process's marks if they are
 * higher. The margin covers numbers given after that: none is given twice, and no newcomer gets ahead of a holder who
 * returns.
 */
function marksOf(row: RoomRow, room: Room): Marks {
  const { issued, serving, margin, priority = { issued: 0, serving: 0 } } = highWaterMarksOf(room);
  const knowsLess = issued < row.high_number || priority.issued < row.priority_high_number;
  return {
    issued: Math.max(row.high_number, issued),
    serving: Math.max(row.serving, serving),
    priority: {
      issued: Math.max(row.priority_high_number, priority.issued),
      serving: Math.max(row.priority_serving, priority.serving),
    },
    margin: knowsLess ? MARGIN_WITHOUT_MARKS : margin,
  };
}

/** The known last calls of a lost room, from this process or from Postgres. */
async function lastCalls(deps: RoomDeps, row: RoomRow, room: Room): Promise<CallLog | null> {
  const saved = await findRoomCalls(deps.sql, row);
  return laterLog(room.callLog, saved ? fromStored(saved, deps.clock.now()) : null);
}

/** Restores a room that Redis does not know (or has in an old version). A deleted room is removed from memory. */
export async function restoreRoom(deps: RoomDeps, id: string): Promise<void> {
  const row = await findRoom(deps.sql, id);
  if (!row) return deps.rooms.remove(id);
  await syncRoomToRedis(deps, row);
}
