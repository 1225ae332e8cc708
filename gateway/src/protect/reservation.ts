import type { IncomingHttpHeaders } from 'node:http';
import {
  BINDING_HEADER,
  bindingCookie,
  isBound,
  RESERVATION_TOKEN,
  type ReservationClaims,
} from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { claimedJti, looksLikeReservation } from '@shopfast/kit/reservation/verify';
import { parse } from 'hono/utils/cookie';
import { reservationCookie } from '../tokens/cookies.ts';
import { createTokenStates, isOfPresentSale, type TokenState } from '../tokens/states.ts';
import { createReservationVerifier } from '../tokens/verify.ts';
import type { ProtectDeps } from './deps.ts';
import { watchOpenConnections } from './open-connections.ts';
import { createSharing } from './sharing.ts';

/** A reservation that came with a request and is valid for its room. */
export type Reservation = { claims: ReservationClaims };

export type Reservations = {
  /**
   * Finds the reservation of a request for a room, or the reason why there is none: one sentence for the client.
   * @param address of the client, for the limits on sharing
   * @throws Problem rate_limited, and unavailable when its state cannot be checked
   */
  shown(headers: IncomingHttpHeaders, room: string, address?: string | null): Promise<Reservation | string>;
  /**
   * Called when the shop reports the reservation as spent. It opens nothing more here, and its open connections are
   * closed.
   */
  end(claims: ReservationClaims): void;
  /**
   * Closes a long-lived connection within five seconds after its reservation has ended.
   * @returns call it when the connection has ended by itself
   */
  watch(claims: ReservationClaims, close: () => void): () => void;
};

/** A slot that was given back loses access after this time at the latest. */
const CACHE_MS = 5_000;
/** A ticket that Redis had lost may be called and claimed again. */
const CACHE_NONE_MS = 1_000;
const MAX_CACHED = 10_000;

/** Cached result for a token: its signed text, and, until a time, whether it is valid. */
type Known = {
  text: string;
  claims: ReservationClaims;
  state: Exclude<TokenState, 'unknown'>;
  until: number;
};

/**
 * Checks reservations in front of an upstream. A token takes one signature check, one Redis round trip every five
 * seconds, and nothing in between. So a page with a hundred pictures is one check.
 */
export function createReservations(deps: ProtectDeps): Reservations {
  const verify = createReservationVerifier(deps);
  const states = createTokenStates(deps);
  const cached = new Map<string, Known>();
  const pending = new Map<string, Promise<TokenState>>();
  const sharing = createSharing(deps.config.sharing, {
    now: deps.clock.now,
    refused: deps.meters.sharingRefused,
  });
  const connections = watchOpenConnections(async (room, some) => {
    const found = await states.read(room, some);
    return some.flatMap((claims, at) => (isOver(claims) || isVoid(found[at]) ? claims.jti : []));
  });

  /** @throws Problem unavailable */
  async function check(token: string): Promise<ReservationClaims | null> {
    const jti = claimedJti(token);
    if (jti === null) return null;
    const known = cached.get(jti);
    const claims = known?.text === token ? known.claims : await verify(token);
    if (!claims || isOver(claims)) return null;
    const state = known && known.until > deps.clock.now() ? known.state : await readState(token, claims);
    if (state === 'unknown' && failsOpen(claims)) return claims;
    if (state === 'unknown')
      throw new Problem('unavailable', {
        detail: 'Your reservation cannot be checked at the moment.',
        retryAfterSeconds: 2 + Math.random() * 4,
      });
    return state === 'holds' ? claims : null;
  }

  /** Concurrent requests with the same token share one check. */
  function readState(token: string, claims: ReservationClaims): Promise<TokenState> {
    const running = pending.get(claims.jti);
    if (running) return running;
    const reading = states
      .read(claims.room, [claims])
      .then(([state = 'unknown']) => {
        cacheState(token, claims, state);
        return state;
      })
      .finally(() => pending.delete(claims.jti));
    pending.set(claims.jti, reading);
    return reading;
  }

  function cacheState(text: string, claims: ReservationClaims, state: TokenState): void {
    const now = deps.clock.now();
    cached.delete(claims.jti);
    if (state === 'unknown') return;
    if (state === 'ended') states.end(claims);
    const [oldest] = cached.keys();
    if (oldest !== undefined && cached.size >= MAX_CACHED) cached.delete(oldest);
    const until = now + (state === 'none' ? CACHE_NONE_MS : CACHE_MS);
    cached.set(claims.jti, { text, claims, state, until: Math.min(until, claims.exp * 1_000) });
  }

  const isOver = (claims: ReservationClaims) =>
    (claims.exp + RESERVATION_TOKEN.clockToleranceSeconds) * 1_000 <= deps.clock.now() ||
    states.hasEnded(claims.jti) ||
    !isOfPresentSale(deps, claims);

  const failsOpen = ({ room }: ReservationClaims) => deps.rooms.find(room)?.settings.fail_mode === 'open';

  return {
    shown: async (headers, room, address = null) => {
      const cookies = parse(headers.cookie ?? '');
      const binding = headers[BINDING_HEADER]?.toString() ?? cookies[bindingCookie(room)];
      let why = 'The request has no reservation.';
      for (const token of [bearerReservation(headers), cookies[reservationCookie(room)]]) {
        if (!token) continue;
        const claims = await check(token);
        if (claims?.room === room && isBound(claims, binding)) {
          sharing.count(claims.jti, address);
          return { claims };
        }
        why = refusalReason(claims, room);
      }
      return why;
    },
    end: (claims) => {
      states.end(claims);
      cached.delete(claims.jti);
      connections.close(claims.jti);
    },
    watch: connections.add,
  };
}

const isVoid = (state: TokenState | undefined) => state === 'ended' || state === 'none';

function refusalReason(claims: ReservationClaims | null, room: string): string {
  if (!claims) return 'The reservation is not valid, has expired, or has been used.';
  if (claims.room !== room) return 'The reservation is for another room.';
  return 'The reservation belongs to another browser.';
}

/** The reservation token in `Authorization`. Any other value belongs to the upstream. */
export function bearerReservation({ authorization }: IncomingHttpHeaders): string | null {
  const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  return token && looksLikeReservation(token) ? token : null;
}
