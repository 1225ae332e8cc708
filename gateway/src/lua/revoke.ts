import type { RevokedFrom } from '@shopfast/kit/contracts/rooms';
import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `revoke.lua`. */
export const REVOKE: Script = { name: 'revoke', numberOfKeys: 7 };

type Reply = [code: 1, was: RevokedFrom] | [code: 2, jti: string] | [code: 0 | -1 | -2];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrRevoke(...args: Argument[]): Result<Reply, Context>;
  }
}

export type RevokeReply =
  | { outcome: 'revoked'; was: RevokedFrom }
  /** Revoke this token in Postgres, then call again. */
  | { outcome: 'holds_token'; jti: string }
  | { outcome: 'room_unknown' | 'not_given' | 'has_bought' };

/**
 * Revokes the ticket with a number of the ordinary line. See `revoke.lua`.
 * @param revokedJti a token that Postgres already lists as revoked; default: none
 */
export async function runRevoke(
  redis: RedisClient,
  { room, number }: { room: string; number: number },
  revokedJti = '',
): Promise<RevokeReply> {
  const keys = roomKeys(room);
  const reply = await redis.wrRevoke(
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.ended,
    keys.seenPrefix,
    number,
    revokedJti,
  );
  switch (reply[0]) {
    case 1:
      return { outcome: 'revoked', was: reply[1] };
    case 2:
      return { outcome: 'holds_token', jti: reply[1] };
    case 0:
      return { outcome: 'room_unknown' };
    case -1:
      return { outcome: 'not_given' };
    default:
      return { outcome: 'has_bought' };
  }
}
