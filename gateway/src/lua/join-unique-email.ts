import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import {
  type JoinReply,
  joinArguments,
  joinKeys,
  joinRefusal,
  type KnownNumbers,
  readJoins,
} from './join.ts';
import { roomKeys } from './keys.ts';
import { type Argument, numberAt, type Script } from './script.ts';

/** Defines `join-unique-email.lua`. */
export const JOIN_UNIQUE_EMAIL: Script = { name: 'join-unique-email', numberOfKeys: 6 };

type Reply =
  | [code: 0 | -1 | -2]
  | [code: 1, epoch: number, serving: number, waiting: number, ...places: number[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrJoinUniqueEmail(...args: Argument[]): Result<Reply, Context>;
  }
}

/** `rival`: the count of later tickets with this address; 0 for the one that holds the place. */
export type JoinUniqueEmailReply = JoinReply & { rival: number };

/**
 * Joins a room with one place per e-mail address. See `join-unique-email.lua`.
 * @param address its keyed hash
 */
export async function runJoinUniqueEmail(
  redis: RedisClient,
  room: string,
  join: { operation: string; address: string },
  known: KnownNumbers,
  nowMs: number,
): Promise<JoinUniqueEmailReply> {
  const { places, called } = roomKeys(room);
  const reply = await redis.wrJoinUniqueEmail(
    places,
    called,
    ...joinKeys(room, nowMs),
    join.address,
    ...joinArguments([join.operation], known),
  );
  if (reply[0] !== 1) return { ...joinRefusal(reply[0]), rival: 0 };
  const [place = joinRefusal(0)] = readJoins(reply, 1);
  return { ...place, rival: numberAt(reply, reply.length - 1) };
}
