import { findRoomCalls, saveDraw } from '@shopfast/db/room-progress';
import { findRoom } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import { restoreUses } from '../codes/uses.ts';
import type { Gateway } from '../deps.ts';
import { drawOf } from '../lottery/seed.ts';
import { drawTable } from '../lottery/table.ts';
import { roomKeys } from '../lua/keys.ts';
import { type CallLog, callArguments, fromStored, laterLog } from './call-log.ts';
import { type HighWaterMarks, highWaterMarksOf } from './high-water-marks.ts';
import type { Room } from './room.ts';
import { wipeRoom } from './wipe.ts';

/**
 * High-water marks are saved to Postgres once a second. A gateway without its own marks allows for this many numbers
 * since.
 */
const MARGIN_WITHOUT_MARKS = 1_000;

/** Reply of `configure.lua`: a lottery must be drawn, and Redis needs the words. */
const NEEDS_WORDS = 4;
/** Reply of `configure.lua`: Redis still has an earlier generation of the room. */
const EARLIER_EPOCH = 3;

/**
 * Writes a room from Postgres to Redis. An older version than the one in Redis changes nothing. Keys of an earlier
 * generation are removed first (a gateway may have died between the row and the keys). If the room was deleted
 * meanwhile, its new keys are removed again.
 */
export async function syncRoomToRedis(gateway: Gateway, row: RoomRow): Promise<void> {
  const room = gateway.rooms.put(row);
  if (room.epoch > row.epoch) return;
  const marks = marksOf(row, room);
  const draw = room.settings.queueing_method === 'lottery' ? drawOf(row, gateway.sealer) : null;
  const isMade = (await gateway.redis.exists(roomKeys(row.id).room)) === 1;
  if (!isMade) await restoreUses(gateway, row);
  const callLog = isMade ? room.callLog : await lastCalls(gateway, row, room);
  const write = (words: Buffer | '') => configure(gateway, { row, room, marks, draw, callLog, words });
  let answer = await write('');
  if (answer[0] === EARLIER_EPOCH) {
    await wipeRoom(gateway, row.id, row.epoch - 1);
    await restoreUses(gateway, row);
    answer = await write('');
  }
  // The lobby may grow meanwhile, so the table has words for a larger one.
  while (draw && answer[0] === NEEDS_WORDS)
    answer = await write(drawTable(draw.seed, (answer[1] as number) * 2));
  const [code, drawnFor] = answer;
  if (typeof drawnFor === 'number' && drawnFor >= 0 && row.lottery_size === null) {
    const drawn = await saveDraw(gateway.sql, { room: row.id, epoch: row.epoch, size: drawnFor });
    if (drawn) gateway.rooms.put(drawn);
  }
  const wasMade = code === 2;
  if (wasMade && !(await findRoom(gateway.sql, row.id))) {
    gateway.rooms.remove(row.id);
    await wipeRoom(gateway, row.id, row.epoch);
  }
}

type Written = {
  row: RoomRow;
  room: Room;
  marks: Marks;
  draw: ReturnType<typeof drawOf>;
  callLog: Parameters<typeof callArguments>[0];
  /** The words of the draw; "": not sent. */
  words: Buffer | '';
};

function configure(gateway: Gateway, { row, room, marks, draw, callLog, words }: Written) {
  const { settings } = room;
  const keys = roomKeys(row.id);
  return gateway.redis.wrConfigure(
    keys.room,
    keys.draw,
    keys.calls,
    row.version,
    row.epoch,
    row.state,
    settings.admissions_per_minute,
    settings.max_active,
    settings.claim_seconds * 1_000,
    settings.abandon_after_seconds * 1_000,
    settings.stock_factor,
    settings.poll_budget_rps,
    marks.issued,
    marks.serving,
    row.remaining ?? '',
    row.held ?? '',
    row.sold ?? '',
    row.stock_version ?? '',
    draw?.version === 1 ? draw.seed : '',
    row.lottery_size ?? '',
    marks.margin,
    settings.queueing_method,
    Math.round(settings.priority_share * 1_000),
    marks.priority.issued,
    marks.priority.serving,
    draw && draw.version > 1 ? draw.version : '',
    words,
    ...callArguments(callLog, gateway.config.tickMs),
  );
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
async function lastCalls(gateway: Gateway, row: RoomRow, room: Room): Promise<CallLog | null> {
  const saved = await findRoomCalls(gateway.sql, row);
  return laterLog(room.callLog, saved ? fromStored(saved, gateway.clock.now()) : null);
}

/** Restores a room that Redis does not know (or has in an old version). A deleted room is removed from memory. */
export async function restoreRoom(gateway: Gateway, id: string): Promise<void> {
  const row = await findRoom(gateway.sql, id);
  if (!row) return gateway.rooms.remove(id);
  await syncRoomToRedis(gateway, row);
}
