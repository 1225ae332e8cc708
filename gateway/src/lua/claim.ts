import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `claim.lua`. */
export const CLAIM: Script = { name: 'claim', numberOfKeys: 4 };

type Reply =
  | [code: 1, token: string, expiresMs: number]
  | [code: 2, nowMs: number, number: number, calledAtMs: number]
  | [code: 0 | -1 | -2 | -3];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrClaim(...args: Argument[]): Result<Reply, Context>;
  }
}

/** `line`: absent for the ordinary line. */
export type TicketToClaim = { room: string; index: number; epoch: number; line?: 'priority' };
/** A signed reservation token. */
export type TokenOffer = { token: string; jti: string; expiresMs: number };

export type ClaimReply =
  | { outcome: 'claimed'; token: string; expiresMs: number }
  /** Sign a token and call again. */
  | { outcome: 'may_claim'; nowMs: number; number: number; calledAtMs: number }
  | { outcome: 'room_unknown' | 'not_called' | 'spent' | 'room_closed' };

const NO_OFFER: TokenOffer = { token: '', jti: '', expiresMs: 0 };

/** Exchanges a call for a reservation token; without an offer, asks whether the ticket may claim. See `claim.lua`. */
export async function runClaim(
  redis: RedisClient,
  { room, index, epoch, line }: TicketToClaim,
  offer: TokenOffer = NO_OFFER,
): Promise<ClaimReply> {
  const keys = roomKeys(room);
  const reply = await redis.wrClaim(
    keys.room,
    keys.called,
    keys.active,
    keys.tokens,
    // Unique over both lines.
    line ? `P${index}` : index,
    epoch,
    offer.token,
    offer.jti,
    offer.expiresMs,
  );
  switch (reply[0]) {
    case 1:
      return { outcome: 'claimed', token: reply[1], expiresMs: reply[2] };
    case 2:
      return { outcome: 'may_claim', nowMs: reply[1], number: reply[2], calledAtMs: reply[3] };
    case 0:
      return { outcome: 'room_unknown' };
    case -2:
      return { outcome: 'spent' };
    case -3:
      return { outcome: 'room_closed' };
    default:
      return { outcome: 'not_called' };
  }
}
