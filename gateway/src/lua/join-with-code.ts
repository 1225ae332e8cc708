import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { aheadOf, type JoinRefusal, joinRefusal, type KnownNumbers, type NewPlace } from './join.ts';
import { keysOfLine, type Line, roomKeys } from './keys.ts';
import { type Argument, numberAt, type Script } from './script.ts';

/** Defines `join-with-code.lua`. */
export const JOIN_WITH_CODE: Script = { name: 'join-with-code', numberOfKeys: 5 };

type Reply =
  | [code: 0 | -1 | -2]
  | [code: 1, epoch: number, serving: number, waiting: number, ...places: number[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrJoinWithCode(...args: Argument[]): Result<Reply, Context>;
  }
}

/** What Redis needs to know of a code to count a use. `uses`: how many it allows. */
export type CodeToCount = { id: string; uses: number; endsMs: number | null };

/** `uses`: of the code so far. `used_up` and `over`: the code gives no place any more. */
export type JoinWithCodeReply = (NewPlace & { uses: number }) | JoinRefusal | { outcome: 'used_up' | 'over' };

/**
 * Joins a line with codes, and counts one use for each. In order. See `join-with-code.lua`.
 * @param known of that line; `epoch`: that of the codes, or -1 for any
 */
export async function runJoinWithCode(
  redis: RedisClient,
  { room, line }: { room: string; line: Line },
  joins: readonly { operation: string; code: CodeToCount }[],
  known: KnownNumbers,
  nowMs: number,
): Promise<JoinWithCodeReply[]> {
  const keys = roomKeys(room);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const reply = await redis.wrJoinWithCode(
    keys.room,
    gaps,
    keys.joins(nowMs),
    seenPrefix,
    keys.codes,
    name,
    known.epoch,
    known.issued,
    known.margin,
    ...joins.flatMap(({ operation, code }) => [operation, code.id, code.uses, code.endsMs ?? 0]),
  );
  if (reply[0] !== 1) {
    const refusal = joinRefusal(reply[0]);
    return joins.map(() => refusal);
  }
  const [, epoch, serving, waiting] = reply;
  return joins.map((_, nth) => {
    const at = 4 + nth * 4;
    const index = numberAt(reply, at);
    if (index < 0) return { outcome: index === -1 ? 'used_up' : 'over' };
    const number = numberAt(reply, at + 1);
    const ahead = aheadOf(number, serving, numberAt(reply, at + 2));
    return { outcome: 'joined', epoch, index, number, ahead, waiting, uses: numberAt(reply, at + 3) };
  });
}
