import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { type CallEntry, textOfAll } from './call-entries.ts';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `configure.lua`. */
export const CONFIGURE: Script = { name: 'configure', numberOfKeys: 3 };

type Reply = [code: 2 | 1 | 0, lotterySize: number] | [code: 3] | [code: 4, size: number];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrConfigure(...args: Argument[]): Result<Reply, Context>;
  }
}

type LineMarks = { issued: number; serving: number };

/** What Redis knows of a room. The marks, the stock and the calls count only when the room is created (again). */
export type RoomInRedis = {
  version: number;
  epoch: number;
  state: string;
  admissionsPerMinute: number;
  maxActive: number;
  claimMs: number;
  abandonMs: number;
  stockFactor: number;
  pollBudgetRps: number;
  queueingMethod: string;
  /** In thousandths of the calls. */
  priorityShare: number;
  /** Where counting continues. `margin`: how many numbers may have been given beyond `issued`. */
  marks: LineMarks & { margin: number; priority: LineMarks };
  /** Null: no stock signal yet. */
  remaining: number | null;
  held: number | null;
  sold: number | null;
  stockVersion: number | null;
  lottery: { version: number; seed: string } | null;
  /** Null before the draw. */
  lotterySize: number | null;
  calls: KnownCalls | null;
};

/** The calls of the last minute, and the progress of the lines, as a gateway or Postgres knows them. */
export type KnownCalls = {
  /** By the steady clock. */
  entries: readonly CallEntry[];
  /** The steady clock when the entries were complete, and how long ago that is at most, ms. */
  steadyAt: number;
  sinceMs: number;
  /** Redis's clock then. */
  redisAt: number;
  /** By Redis's clock. */
  points: readonly { at: number; serving: number; priority: number }[];
};

export type ConfigureReply =
  /** `lotterySize`: null when there is no draw yet. */
  | { outcome: 'created' | 'changed' | 'not_newer'; lotterySize: number | null }
  /** Nothing has changed: wipe the earlier epoch first, then call again. */
  | { outcome: 'earlier_epoch' }
  /** Nothing has changed: call again with the words for a draw of that size. */
  | { outcome: 'needs_words'; size: number };

const OUTCOMES = { 2: 'created', 1: 'changed', 0: 'not_newer' } as const;

/**
 * Writes a room to Redis, and creates it there when it does not exist. See `configure.lua`.
 * @param words of the draw of a lottery of version 2; null: not sent
 */
export async function runConfigure(
  redis: RedisClient,
  room: string,
  given: RoomInRedis,
  words: Buffer | null = null,
): Promise<ConfigureReply> {
  const keys = roomKeys(room);
  const { marks, lottery, calls } = given;
  const reply = await redis.wrConfigure(
    keys.room,
    keys.draw,
    keys.calls,
    given.version,
    given.epoch,
    given.state,
    given.admissionsPerMinute,
    given.maxActive,
    given.claimMs,
    given.abandonMs,
    given.stockFactor,
    given.pollBudgetRps,
    marks.issued,
    marks.serving,
    given.remaining ?? '',
    given.held ?? '',
    given.sold ?? '',
    given.stockVersion ?? '',
    lottery?.version === 1 ? lottery.seed : '',
    given.lotterySize ?? '',
    marks.margin,
    given.queueingMethod,
    given.priorityShare,
    marks.priority.issued,
    marks.priority.serving,
    lottery && lottery.version > 1 ? lottery.version : '',
    words ?? '',
    ...(calls
      ? [
          textOfAll(calls.entries),
          calls.steadyAt,
          calls.sinceMs,
          calls.redisAt,
          textOfProgress(calls, 'serving'),
          textOfProgress(calls, 'priority'),
        ]
      : ['', '', 0, 0, '', '']),
  );
  if (reply[0] === 3) return { outcome: 'earlier_epoch' };
  if (reply[0] === 4) return { outcome: 'needs_words', size: reply[1] };
  return { outcome: OUTCOMES[reply[0]], lotterySize: reply[1] < 0 ? null : reply[1] };
}

const textOfProgress = ({ points }: KnownCalls, line: 'serving' | 'priority'): string =>
  points.map((point) => `${point.at}:${point[line]}`).join(' ');
