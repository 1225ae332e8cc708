import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { ownPath } from '@shopfast/kit/contracts/return-address';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, sendProblem } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Context, MiddlewareHandler } from 'hono';
import { freeSpentSlot } from '../admission/release.ts';
import type { Gateway } from '../deps.ts';
import { clearedReservation } from '../tickets/credentials.ts';
import { prefersHtml } from './accept.ts';
import { defaultProtectConfig } from './config.ts';
import { forward } from './forward.ts';
import type { FlatHeaders, Origin } from './headers.ts';
import { readTarget, type Target } from './path.ts';
import { createReservations, type Reservation } from './reservation.ts';
import { compileRules, type Rule } from './rules.ts';
import { createUpstream, type Upstream } from './upstream.ts';

/** A request that may go on: where to, and with whose reservation. */
export type Passage = { target: Target; upstream: Upstream; reservation: Reservation | null };

/** A visitor without a reservation, and the way to one. */
export type Refusal = { room: string; why: string; waitingRoomUrl: string };

export type Protect = {
  /** Proxies what a rule names, and leaves everything else to the next handler. */
  handle: MiddlewareHandler<HttpEnv>;
  /**
   * Finds the rule for a request and looks for the reservation that it asks for.
   * @returns null when no rule names the path
   * @throws Problem malformed_request, method_not_allowed
   */
  examine(incoming: IncomingMessage): Promise<Passage | Refusal | null>;
  /** What the upstream is told of a request. */
  originOf(passage: Passage, incoming: IncomingMessage, requestId: string): Origin;
  /**
   * Does what the upstream's answer asks of us: `Waitroom-Release: 1` gives the slot back and takes the cookies.
   * @returns headers to add to the answer
   */
  heed(answer: IncomingMessage, passage: Passage): FlatHeaders;
  /** Has a connection that stays open closed soon after its reservation has ended; call what it returns when it ended by itself. */
  watch(reservation: Reservation, close: () => void): () => void;
  gateway: Gateway;
};

/** The reverse proxy before the shop: rules, reservations, upstreams. Costs a room without protected paths nothing. */
export function createProtect(gateway: Gateway, lifecycle: Lifecycle): Protect {
  const { config, log } = gateway;
  const { upstreams: settings, rules } = config.protect ?? defaultProtectConfig(config.services);
  const upstreams = new Map(
    Object.entries(settings).map(([name, one]) => [name, createUpstream(one, lifecycle)]),
  );
  const matchRule = compileRules(rules);
  const guardsSomething = rules.some((rule) => rule.room !== null);
  const reservations = createReservations(gateway);

  const protect: Protect = {
    gateway,
    examine: async (incoming) => {
      const target = readTarget(incoming.url ?? '');
      const method = incoming.method ?? 'GET';
      const rule = target && matchRule(method, target.path);
      if (!rule) return null;
      // An echo of the request would show scripts the cookies that they cannot read.
      if (method === 'TRACE') throw new Problem('method_not_allowed');
      // Node takes care of all other framing; a body in a further coding we could not delimit anew.
      if (!/^(?:chunked)?$/i.test(incoming.headers['transfer-encoding'] ?? ''))
        throw new Problem('malformed_request', {
          detail: 'Transfer-Encoding may be chunked, and nothing else.',
        });
      if (guardsSomething && target.ambiguous)
        throw new Problem('malformed_request', {
          detail: 'The path can be understood in more than one way.',
        });
      return admit(incoming, target, rule);
    },
    originOf: ({ reservation }, incoming, requestId) => ({
      publicUrl: config.publicUrl,
      address: gateway.limits.addressOf({ env: { incoming } }),
      requestId,
      reservation: reservation?.claims ?? null,
    }),
    watch: ({ claims }, close) => reservations.watch(claims, close),
    heed: (answer, { reservation }) => {
      if (!reservation || answer.headers['waitroom-release'] !== '1') return [];
      void release(reservation);
      return clearedReservation(reservation.claims.room).flatMap((cookie) => ['Set-Cookie', cookie]);
    },
    handle: async (c, next) => {
      const { incoming, outgoing } = (c.env ?? {}) as HttpBindings;
      const passage = incoming ? await protect.examine(incoming) : null;
      if (!passage) return next();
      if ('why' in passage) return sendToRoom(c, incoming, passage);
      return forward({
        incoming,
        outgoing,
        target: passage.target.raw,
        upstream: passage.upstream,
        origin: protect.originOf(passage, incoming, c.get('requestId')),
        onAnswer: (answer) => {
          const { reservation } = passage;
          const headers = protect.heed(answer, passage);
          if (reservation && isEventStream(answer))
            outgoing.once(
              'close',
              protect.watch(reservation, () => outgoing.destroy()),
            );
          return headers;
        },
      });
    },
  };
  return protect;

  async function admit(incoming: IncomingMessage, target: Target, rule: Rule): Promise<Passage | Refusal> {
    const upstream = upstreams.get(rule.upstream) as Upstream;
    if (rule.room === null) return { target, upstream, reservation: null };
    const address = gateway.limits.addressOf({ env: { incoming } });
    const shown = await reservations.shown(incoming.headers, rule.room, address);
    if (typeof shown !== 'string') return { target, upstream, reservation: shown };
    return { room: rule.room, why: shown, waitingRoomUrl: `${config.publicUrl}/w/${rule.room}` };
  }

  /** The answer does not wait for it: a slot that could not be freed now is free when its token runs out. */
  async function release({ claims }: Reservation): Promise<void> {
    reservations.end(claims);
    try {
      await freeSpentSlot(gateway, claims.room, claims.jti);
    } catch (err) {
      log.warn({ err, room: claims.room }, 'a slot stays taken until its token runs out');
    }
  }
}

const isEventStream = (answer: IncomingMessage) =>
  /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '');

const NOT_CACHED = { 'Cache-Control': 'no-store', Vary: 'Accept, Authorization, Cookie' };

/** People are led to the room, and back afterwards; programs are told. */
function sendToRoom(c: Context<HttpEnv>, incoming: IncomingMessage, refusal: Refusal): Response {
  const isNavigation = incoming.method === 'GET' || incoming.method === 'HEAD';
  if (isNavigation && prefersHtml(incoming.headers.accept)) {
    const back = ownPath(readTarget(incoming.url ?? '')?.raw);
    const query = back ? `?return=${encodeURIComponent(back)}` : '';
    return c.body(null, 302, { ...NOT_CACHED, Location: `/w/${refusal.room}${query}` });
  }
  const answer = sendProblem(c, queueRequired(refusal));
  answer.headers.set('Vary', NOT_CACHED.Vary);
  return answer;
}

export const queueRequired = ({ room, why, waitingRoomUrl }: Refusal): Problem =>
  new Problem('queue_required', { detail: why, members: { room, waiting_room_url: waitingRoomUrl } });
