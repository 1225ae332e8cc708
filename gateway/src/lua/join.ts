import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import { type Argument, numberAt, type Script } from './script.ts';

/** Defines `join.lua`. */
export const JOIN: Script = { name: 'join', numberOfKeys: 4 };

type Reply =
  | [code: 0 | -1 | -2]
  | [code: 1, epoch: number, serving: number, waiting: number, ...places: number[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrJoin(...args: Argument[]): Result<Reply, Context>;
  }
}

/** What a gateway knows of a room's numbers: its epoch, its highest index of that epoch, and a margin above it. */
export type KnownNumbers = { epoch: number; issued: number; margin: number };

export type JoinRefusal = { outcome: 'room_unknown' | 'not_open' | 'closed' };
/** A new place. `number`: 0 before a draw. `ahead`: live tickets before it. */
export type NewPlace = {
  outcome: 'joined';
  epoch: number;
  index: number;
  number: number;
  ahead: number;
  waiting: number;
};
export type JoinReply = NewPlace | JoinRefusal;

/** Gives the next numbers of the ordinary line, one for each operation, in order. See `join.lua`. */
export async function runJoin(
  redis: RedisClient,
  room: string,
  operations: readonly string[],
  known: KnownNumbers,
  nowMs: number,
): Promise<JoinReply[]> {
  const reply = await redis.wrJoin(...joinKeys(room, nowMs), ...joinArguments(operations, known));
  return readJoins(reply, operations.length);
}

/** KEYS of `join.lua`. */
export function joinKeys(room: string, nowMs: number): string[] {
  const keys = roomKeys(room);
  return [keys.room, keys.gaps, keys.joins(nowMs), keys.seenPrefix];
}

/** ARGV of `join.lua`. */
export const joinArguments = (operations: readonly string[], known: KnownNumbers): Argument[] => [
  known.epoch,
  known.issued,
  known.margin,
  ...operations,
];

/** Reads the reply of `join.lua` for that many joins. */
export function readJoins(reply: Reply, count: number): JoinReply[] {
  if (reply[0] !== 1) {
    const refusal = joinRefusal(reply[0]);
    return Array.from({ length: count }, () => refusal);
  }
  const [, epoch, serving, waiting] = reply;
  return Array.from({ length: count }, (_, nth) => {
    const at = 4 + nth * 3;
    const number = numberAt(reply, at + 1);
    const ahead = aheadOf(number, serving, numberAt(reply, at + 2));
    return { outcome: 'joined', epoch, index: numberAt(reply, at), number, ahead, waiting };
  });
}

/** The meaning of the codes of `join.lua` and `join-with-code.lua` that give no place. */
export function joinRefusal(code: 0 | -1 | -2): JoinRefusal {
  if (code === 0) return { outcome: 'room_unknown' };
  return { outcome: code === -1 ? 'not_open' : 'closed' };
}

/** Live tickets before a number. */
export const aheadOf = (number: number, serving: number, gapsAhead: number): number =>
  Math.max(0, number - 1 - serving - gapsAhead);
