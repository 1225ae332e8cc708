import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { keysOfLine, type Line, roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `leave.lua`. */
export const LEAVE: Script = { name: 'leave', numberOfKeys: 7 };

type Reply = [code: 2, jti: string] | [code: 1 | 0 | -1];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrLeave(...args: Argument[]): Result<Reply, Context>;
  }
}

export type LeaveReply =
  | { outcome: 'left' | 'room_unknown' | 'ended' }
  /** Revoke this token in Postgres, then call again. */
  | { outcome: 'holds_token'; jti: string };

/**
 * Gives a ticket's place back, and its active slot. See `leave.lua`.
 * @param revokedJti a token that Postgres already lists as revoked; default: none
 */
export async function runLeave(
  redis: RedisClient,
  { room, line, index, epoch }: { room: string; line: Line; index: number; epoch: number },
  revokedJti = '',
): Promise<LeaveReply> {
  const keys = roomKeys(room);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const reply = await redis.wrLeave(
    keys.room,
    gaps,
    keys.called,
    keys.active,
    keys.tokens,
    seenPrefix,
    keys.reminders,
    index,
    epoch,
    revokedJti,
    name,
  );
  switch (reply[0]) {
    case 2:
      return { outcome: 'holds_token', jti: reply[1] };
    case 1:
      return { outcome: 'left' };
    case 0:
      return { outcome: 'room_unknown' };
    default:
      return { outcome: 'ended' };
  }
}
