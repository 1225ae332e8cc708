import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { sells } from '../rooms/state-machine.ts';
import type { TokenDeps } from './deps.ts';
import { createEndedLookup } from './ended-lookup.ts';
import { type KnownToken, readSlots, type SlotReading } from './read-slots.ts';

/**
 * holds: it holds its slot. ended: finally spent, revoked or given back. none: Redis knows no slot of it, but its
 * ticket may be called again. unknown: neither store can tell now.
 */
export type TokenState = 'holds' | 'ended' | 'none' | 'unknown';

export type TokenStates = {
  /**
   * The states of genuine tokens of one room. One round trip to Redis, and one statement only when Redis cannot tell.
   */
  read(room: string, tokens: readonly KnownToken[]): Promise<TokenState[]>;
  /** Records that a token ended here. It stays ended, even when Redis has lost that. */
  end(token: Pick<ReservationClaims, 'jti' | 'exp'>): void;
  hasEnded(jti: string): boolean;
};

/** How long a request waits for Redis before it queries Postgres. */
const REDIS_TIMEOUT_MS = 250;
/** After a timeout, Redis is not queried again for this time. */
const RETRY_AFTER_MS = 1_000;
const MAX_CACHED = 20_000;

/** Whether reservation tokens are still valid. The cache key is the `jti`. */
export function createTokenStates(deps: TokenDeps): TokenStates {
  const lookUp = createEndedLookup(deps);
  /** By jti: the token's expiry, ms. */
  const ended = new Map<string, number>();
  let retryAt = 0;

  async function readRedis(room: string, tokens: readonly KnownToken[]): Promise<SlotReading[]> {
    const allUnknown = tokens.map((): SlotReading => 'unknown');
    if (performance.now() < retryAt) return allUnknown;
    const { promise: tooLong, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(resolve, REDIS_TIMEOUT_MS, null);
    const readings = await Promise.race([readSlots(deps, room, tokens).catch(() => null), tooLong]);
    clearTimeout(timer);
    if (readings === null) retryAt = performance.now() + RETRY_AFTER_MS;
    return readings ?? allUnknown;
  }

  async function queryPostgres({ jti }: KnownToken): Promise<TokenState> {
    const answer = await lookUp(jti);
    if (answer === null) return 'unknown';
    return answer ? 'ended' : 'holds';
  }

  return {
    read: async (room, tokens) => {
      const readings = await readRedis(room, tokens);
      return Promise.all(
        tokens.map((token, at) => {
          if (ended.has(token.jti)) return 'ended';
          if (readings[at] === 'unknown') return queryPostgres(token);
          return readings[at] === 'held' ? 'holds' : 'none';
        }),
      );
    },
    end: ({ jti, exp }) => {
      if (ended.size >= MAX_CACHED) forgetOldest(ended, deps.clock.now());
      ended.set(jti, (exp + 60) * 1_000);
    },
    hasEnded: (jti) => ended.has(jti),
  };
}

/** Removes expired tokens; if there are none, the oldest half. */
function forgetOldest(ended: Map<string, number>, now: number): void {
  for (const [jti, until] of ended) if (until <= now) ended.delete(jti);
  if (ended.size < MAX_CACHED) return;
  for (const jti of [...ended.keys()].slice(0, MAX_CACHED / 2)) ended.delete(jti);
}

/**
 * Whether reservations of a token's generation are valid, as this process knows the room: it exists, was not reset
 * since, is in a state that sells, and is not a rehearsal. No look-up; at most a second behind.
 */
export function isOfPresentSale(
  { rooms }: Pick<TokenDeps, 'rooms'>,
  token: Pick<KnownToken, 'room' | 'epoch'>,
): boolean {
  const room = rooms.find(token.room);
  return room?.epoch === token.epoch && sells(room.state) && !room.settings.rehearsal;
}
