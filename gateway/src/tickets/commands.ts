import { batchPerRoom } from '@shopfast/kit/batch';
import type { Redis } from 'ioredis';
import { keysOfLine, type Line, roomKeys } from '../lua/keys.ts';
import type { ScriptAnswer } from '../lua/scripts.ts';
import { highWaterMarksOf } from '../rooms/high-water-marks.ts';
import type { Room } from '../rooms/room.ts';

/** The reply of `join.lua` for one join. */
export type JoinAnswer =
  | { code: 1; epoch: number; index: number; number: number; ahead: number; waiting: number }
  | { code: 0 | -1 | -2 };

/**
 * The reply of `join-unique-email.lua`; `rival`: the count of later tickets with this address, 0 for the one that holds
 * the place.
 */
export type JoinUniqueEmailReply = JoinAnswer & { rival: number };

/** The reply of `join-with-code.lua` for one join with a code. */
export type JoinWithCodeReply =
  | (Extract<JoinAnswer, { code: 1 }> & { uses: number })
  | { code: 0 | -1 | -2 | 'used_up' | 'over' };

/** What Redis needs to know of a code to count a use. */
export type CodeToCount = { id: string; uses: number; endsMs: number | null };

/** The reply of `heartbeat.lua` for one ticket. */
export type HeartbeatAnswer =
  | { code: 1; number: number; ahead: number; waiting: number }
  | { code: 2; number: number; record: string }
  | { code: 0 | -1 | -2 | -3 };

/** The Redis commands of the hot path. Each is sent once for all requests in the same turn of the event loop. */
export type TicketCommands = {
  join(room: Room, operation: string, nowMs: number): Promise<JoinAnswer>;
  /** A join in a room with one place per address; sent separately. */
  joinUniqueEmail(
    room: Room,
    operation: string,
    nowMs: number,
    address: string,
  ): Promise<JoinUniqueEmailReply>;
  /** The same with a code, which counts one use of it. */
  joinWithCode(
    room: Room,
    line: Line,
    code: CodeToCount,
    operation: string,
    nowMs: number,
  ): Promise<JoinWithCodeReply>;
  heartbeat(room: string, index: number, epoch: number, line?: 'priority'): Promise<HeartbeatAnswer>;
};

type JoinQuestion = { room: Room; operation: string; nowMs: number };
type RedeemQuestion = JoinQuestion & { code: CodeToCount };

export function createTicketCommands(redis: Redis): TicketCommands {
  const joins = batchPerRoom<JoinQuestion, JoinAnswer>(async (_, questions) => {
    const { room, nowMs } = questions[0] as JoinQuestion;
    const operations = questions.map((one) => one.operation);
    const answer = await redis.wrJoin(...joinKeys(room, nowMs), ...joinArguments(room, operations));
    return readJoins(room, operations.length, answer);
  });

  const redemptions = {
    ordinary: batchPerRoom<RedeemQuestion, JoinWithCodeReply>((id, asked) =>
      redeem(redis, 'ordinary', id, asked),
    ),
    priority: batchPerRoom<RedeemQuestion, JoinWithCodeReply>((id, asked) =>
      redeem(redis, 'priority', id, asked),
    ),
  };
  const heartbeats = heartbeatsOf(redis, 'ordinary');
  const priorityHeartbeats = heartbeatsOf(redis, 'priority');

  return {
    join: (room, operation, nowMs) => joins(room.id).ask({ room, operation, nowMs }),
    joinUniqueEmail: async (room, operation, nowMs, address) => {
      const answer = await redis.wrJoinUniqueEmail(
        roomKeys(room.id).places,
        roomKeys(room.id).called,
        ...joinKeys(room, nowMs),
        address,
        ...joinArguments(room, [operation]),
      );
      const rival = answer[0] === 1 ? (answer.at(-1) as number) : 0;
      return { ...(readJoins(room, 1, answer)[0] as JoinAnswer), rival };
    },
    joinWithCode: (room, line, code, operation, nowMs) =>
      redemptions[line](room.id).ask({ room, code, operation, nowMs }),
    heartbeat: (room, index, epoch, line) =>
      (line ? priorityHeartbeats : heartbeats)(room).ask({ index, epoch }),
  };
}

function heartbeatsOf(redis: Redis, line: Line) {
  return batchPerRoom<{ index: number; epoch: number }, HeartbeatAnswer>(async (room, questions) => {
    const keys = roomKeys(room);
    const { name, gaps, seenPrefix } = keysOfLine(keys, line);
    const tickets = questions.flatMap((one) => [one.index, one.epoch]);
    const answer = await redis.wrHeartbeat(keys.room, gaps, keys.called, seenPrefix, name, ...tickets);
    if (answer[0] === 0) return questions.map(() => ({ code: 0 }));
    const [, serving, waiting] = answer as [number, number, number];
    return questions.map((_, at) => {
      const code = answer[3 + at * 3] as number;
      const number = answer[4 + at * 3] as number;
      const more = answer[5 + at * 3] as number | string;
      if (code === 1) return { code, number, waiting, ahead: ahead(number, serving, more as number) };
      if (code === 2) return { code, number, record: more as string };
      return { code: code as -1 | -2 | -3 };
    });
  });
}

/** KEYS of `join.lua`. */
function joinKeys(room: Room, nowMs: number): string[] {
  const keys = roomKeys(room.id);
  return [keys.room, keys.gaps, keys.joins(nowMs), keys.seenPrefix];
}

/** ARGV of `join.lua`. */
function joinArguments(room: Room, operations: string[]): (string | number)[] {
  const { epoch, issued, margin } = highWaterMarksOf(room);
  return [epoch, issued, margin, ...operations];
}

function readJoins(room: Room, count: number, answer: ScriptAnswer): JoinAnswer[] {
  const [code, epoch, serving, waiting] = answer as [1 | 0 | -1 | -2, number, number, number];
  return Array.from({ length: count }, (_, at) => {
    if (code !== 1) return { code };
    const index = answer[4 + at * 3] as number;
    const number = answer[5 + at * 3] as number;
    const gapsAhead = answer[6 + at * 3] as number;
    if (epoch === room.epoch && index > room.highestJoined) room.highestJoined = index;
    return { code, epoch, index, number, waiting, ahead: ahead(number, serving, gapsAhead) };
  });
}

async function redeem(
  redis: Redis,
  line: Line,
  id: string,
  questions: RedeemQuestion[],
): Promise<JoinWithCodeReply[]> {
  const keys = roomKeys(id);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const { room, nowMs } = questions[0] as RedeemQuestion;
  const highWaterMarks = highWaterMarksOf(room);
  const answer = await redis.wrJoinWithCode(
    keys.room,
    gaps,
    keys.joins(nowMs),
    seenPrefix,
    keys.codes,
    name,
    room.epoch,
    line === 'ordinary' ? highWaterMarks.issued : (highWaterMarks.priority?.issued ?? 0),
    highWaterMarks.margin,
    ...questions.flatMap(({ operation, code }) => [operation, code.id, code.uses, code.endsMs ?? 0]),
  );
  const [code, epoch, serving, waiting] = answer as [1 | 0 | -1 | -2, number, number, number];
  if (code !== 1) return questions.map(() => ({ code }));
  return questions.map((_, at) => {
    const [index, number, gapsAhead, uses] = answer.slice(4 + at * 4, 8 + at * 4) as [
      number,
      number,
      number,
      number,
    ];
    if (index < 0) return { code: index === -1 ? 'used_up' : 'over' };
    if (epoch === room.epoch) noteJoined(room, line, index);
    return { code, epoch, index, number, waiting, uses, ahead: ahead(number, serving, gapsAhead) };
  });
}

function noteJoined(room: Room, line: Line, index: number): void {
  if (line === 'ordinary') room.highestJoined = Math.max(room.highestJoined, index);
  else room.highestPriorityJoined = Math.max(room.highestPriorityJoined, index);
}

/** Live tickets before a number. */
const ahead = (number: number, serving: number, gapsAhead: number) =>
  Math.max(0, number - 1 - serving - gapsAhead);
