import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import type { Gateway } from '../deps.ts';
import { sells } from '../rooms/state-machine.ts';
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
const PATIENCE_MS = 250;
/** After a timeout, Redis is not queried again for this time. */
const REST_MS = 1_000;
const REMEMBER_AT_MOST = 20_000;

/** Whether reservation tokens are still valid. The cache key is the `jti`. */
export function createTokenStates(gateway: Gateway): TokenStates {
  const lookUp = createEndedLookup(gateway);
  /** By jti: the token's expiry, ms. */
  const ended = new Map<string, number>();
  let restUntil = 0;

  async function readRedis(room: string, tokens: readonly KnownToken[]): Promise<SlotReading[]> {
    const nobodyKnows = tokens.map((): SlotReading => 'unknown');
    if (performance.now() < restUntil) return nobodyKnows;
    const { promise: tooLong, resolve } = Promise.withResolvers<null>();
    const patience = setTimeout(resolve, PATIENCE_MS, null);
    const readings = await Promise.race([readSlots(gateway, room, tokens).catch(() => null), tooLong]);
    clearTimeout(patience);
    if (readings === null) restUntil = performance.now() + REST_MS;
    return readings ?? nobodyKnows;
  }

  async function askPostgres({ jti }: KnownToken): Promise<TokenState> {
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
          if (readings[at] === 'unknown') return askPostgres(token);
          return readings[at] === 'held' ? 'holds' : 'none';
        }),
      );
    },
    end: ({ jti, exp }) => {
      if (ended.size >= REMEMBER_AT_MOST) forgetOldest(ended, gateway.clock.now());
      ended.set(jti, (exp + 60) * 1_000);
    },
    hasEnded: (jti) => ended.has(jti),
  };
}

/** Removes expired tokens; if there are none, the oldest half. */
function forgetOldest(ended: Map<string, number>, now: number): void {
  for (const [jti, until] of ended) if (until <= now) ended.delete(jti);
  if (ended.size < REMEMBER_AT_MOST) return;
  for (const jti of [...ended.keys()].slice(0, REMEMBER_AT_MOST / 2)) ended.delete(jti);
}

/**
 * Whether reservations of a token's generation are valid, as this process knows the room: it exists, was not reset
 * since, is in a state that sells, and is not a rehearsal. No look-up; at most a second behind.
 */
export function isOfPresentSale(
  { rooms }: Pick<Gateway, 'rooms'>,
  token: Pick<KnownToken, 'room' | 'epoch'>,
): boolean {
  const room = rooms.find(token.room);
  // This process does not know the generation yet: another gateway created it a moment ago.
  if (room && room.epoch < token.epoch) return true;
  return room?.epoch === token.epoch && sells(room.state) && !room.settings.rehearsal;
}
