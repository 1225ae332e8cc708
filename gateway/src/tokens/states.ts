import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import type { Gateway } from '../deps.ts';
import { sells } from '../rooms/state-machine.ts';
import { createEndedLookup } from './ended-lookup.ts';
import { type KnownToken, readSlots, type SlotReading } from './read-slots.ts';

/**
 * holds: it holds its slot. ended: spent, withdrawn, given back, for good. none: Redis knows no slot of it, but its ticket may
 * be called again. unknown: nobody can tell now.
 */
export type TokenState = 'holds' | 'ended' | 'none' | 'unknown';

export type TokenStates = {
  /** What of a genuine token is true now, for several of one room. One round trip to Redis, and only where it cannot tell one statement. */
  read(room: string, tokens: readonly KnownToken[]): Promise<TokenState[]>;
  /** Notes what was seen here to end; it stays ended, whatever a Redis that has lost it says. */
  end(token: Pick<ReservationClaims, 'jti' | 'exp'>): void;
  hasEnded(jti: string): boolean;
};

/** How long the question to Redis may hold a request up; then Postgres is asked. */
const PATIENCE_MS = 250;
/** A Redis that did not answer in time is not waited for again so soon. */
const REST_MS = 1_000;
const REMEMBER_AT_MOST = 20_000;

/** Whether reservation tokens still hold. What is remembered is remembered by `jti`. */
export function createTokenStates(gateway: Gateway): TokenStates {
  const lookUp = createEndedLookup(gateway);
  /** By jti, until when the token lasts, ms. */
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

/** Those whose tokens have run out; if there are none, the oldest half. */
function forgetOldest(ended: Map<string, number>, now: number): void {
  for (const [jti, until] of ended) if (until <= now) ended.delete(jti);
  if (ended.size < REMEMBER_AT_MOST) return;
  for (const jti of [...ended.keys()].slice(0, REMEMBER_AT_MOST / 2)) ended.delete(jti);
}

/**
 * Whether reservations of a token's generation are good for anything, as this process knows the room: it is there, was not
 * reset since, is open to those who were admitted, and does not rehearse. No look-up; at most a second behind.
 */
export function isOfPresentSale(
  { rooms }: Pick<Gateway, 'rooms'>,
  token: Pick<KnownToken, 'room' | 'epoch'>,
): boolean {
  const room = rooms.find(token.room);
  return room?.epoch === token.epoch && sells(room.state) && !room.settings.rehearsal;
}
