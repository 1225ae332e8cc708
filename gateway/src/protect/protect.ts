import type { IncomingMessage } from 'node:http';
import { ownPath } from '@shopfast/kit/contracts/return-address';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, sendProblem } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { nodeOf } from '@shopfast/kit/node-context';
import type { Context, MiddlewareHandler } from 'hono';
import { clearedReservation } from '../tokens/cookies.ts';
import { freeSpentSlot } from '../tokens/release.ts';
import { prefersHtml } from './accept.ts';
import { defaultProtectConfig } from './config.ts';
import { withoutSecretsInQuery } from './credentials.ts';
import type { ProtectDeps } from './deps.ts';
import { forward } from './forward.ts';
import type { FlatHeaders, Origin } from './headers.ts';
import { readTarget, type Target } from './path.ts';
import { createReservations, type Reservation } from './reservation.ts';
import { compileRules, isForOperators, isReserved, type Rule } from './rules.ts';
import { createUpstream, type Upstream } from './upstream.ts';

/** A request that may pass: its target, and its reservation. */
export type Passage = { target: Target; upstream: Upstream; reservation: Reservation | null };

/** A visitor without a reservation, and the link to the waiting room. */
export type Refusal = { room: string; why: string; waitingRoomUrl: string };

export type Protect = {
  /** Proxies what a rule names, and leaves everything else to the next handler. */
  handle: MiddlewareHandler<HttpEnv>;
  /**
   * Finds the rule for a request and checks the reservation that it requires.
   * @returns null when no rule names the path
   * @throws Problem malformed_request, method_not_allowed
   */
  examine(incoming: IncomingMessage): Promise<Passage | Refusal | null>;
  /** What the upstream gets to know about a request. */
  originOf(passage: Passage, incoming: IncomingMessage, requestId: string): Origin;
  /**
   * Follows the instructions in the upstream's answer: `Waitroom-Release: 1` frees the slot and clears the cookies.
   * @returns headers to add to the answer
   */
  applyDirectives(answer: IncomingMessage, passage: Passage): FlatHeaders;
  /** Closes a long-lived connection soon after its reservation has ended. Call the result when it ended by itself. */
  watch(reservation: Reservation, close: () => void): () => void;
  deps: ProtectDeps;
};

/**
 * The reverse proxy in front of the shop: rules, reservations, upstreams. Without protected paths it costs a room
 * nothing.
 */
export function createProtect(deps: ProtectDeps, lifecycle: Lifecycle): Protect {
  const { config, log } = deps;
  const { upstreams: settings, rules } = config.protect ?? defaultProtectConfig(config.services);
  const upstreams = new Map(
    Object.entries(settings).map(([name, one]) => [name, createUpstream(one, lifecycle)]),
  );
  const matchRule = compileRules(rules);
  const guardsSomething = rules.some((rule) => rule.room !== null);
  const reservations = createReservations(deps);

  const protect: Protect = {
    deps,
    examine: async (incoming) => {
      const target = readTarget(incoming.url ?? '');
      const method = incoming.method ?? 'GET';
      const rule = target && matchRule(method, target.path);
      if (!rule) return null;
      // In this spelling the request has passed the key check (app.ts). In any other spelling it would have avoided it.
      if (isForOperators(target) && !target.raw.startsWith('/v1/admin/')) throw new Problem('not_found');
      // TRACE would echo cookies to scripts that cannot read them.
      if (method === 'TRACE') throw new Problem('method_not_allowed');
      // Node handles all other framing. A body in a further coding could not be delimited again.
      if (!/^(?:chunked)?$/i.test(incoming.headers['transfer-encoding'] ?? ''))
        throw new Problem('malformed_request', {
          detail: 'Transfer-Encoding may only be chunked.',
        });
      if (guardsSomething && !hasOneMeaning(method, target, rule))
        throw new Problem('malformed_request', {
          detail: 'The path is ambiguous.',
        });
      return admit(incoming, target, rule);
    },
    originOf: ({ reservation }, incoming, requestId) => ({
      publicUrl: config.publicUrl,
      address: deps.limits.addressOf({ env: { incoming } }),
      isTrusted: deps.limits.isTrusted({ env: { incoming } }),
      requestId,
      reservation: reservation?.claims ?? null,
    }),
    watch: ({ claims }, close) => reservations.watch(claims, close),
    applyDirectives: (answer, { reservation }) => {
      if (!reservation || answer.headers['waitroom-release'] !== '1') return [];
      void release(reservation);
      return clearedReservation(reservation.claims.room).flatMap((cookie) => ['Set-Cookie', cookie]);
    },
    handle: async (c, next) => {
      const node = nodeOf(c);
      const passage = node && (await protect.examine(node.incoming));
      if (!node || !passage) return next();
      const { incoming, outgoing } = node;
      if ('why' in passage) return sendToRoom(c, incoming, passage);
      return forward({
        incoming,
        outgoing,
        clientKey: deps.limits.clientKey(incoming),
        target: passage.target.raw,
        upstream: passage.upstream,
        origin: protect.originOf(passage, incoming, c.get('requestId')),
        onAnswer: (answer) => {
          const { reservation } = passage;
          const headers = protect.applyDirectives(answer, passage);
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

  /**
   * Whether every reading of the path requires the same reservation, or none. Paths without a rule are not protected.
   */
  function hasOneMeaning(method: string, { path, readings }: Target, rule: Rule): boolean {
    if (readings === null) return false;
    for (const reading of readings) {
      const other = reading === path ? rule : matchRule(method, reading);
      if ((other?.room ?? null) !== rule.room && !isReserved(reading)) return false;
    }
    return true;
  }

  async function admit(incoming: IncomingMessage, target: Target, rule: Rule): Promise<Passage | Refusal> {
    const upstream = upstreams.get(rule.upstream);
    if (!upstream) throw new Error(`a rule names the unknown upstream ${rule.upstream}`);
    const passed = upstream.settings.credentials !== 'pass' ? withoutSecrets(target) : target;
    if (rule.room === null) return { target: passed, upstream, reservation: null };
    const address = deps.limits.addressOf({ env: { incoming } });
    const shown = await reservations.shown(incoming.headers, rule.room, address);
    if (typeof shown !== 'string') return { target: passed, upstream, reservation: shown };
    return { room: rule.room, why: shown, waitingRoomUrl: `${config.publicUrl}/w/${rule.room}` };
  }

  /** The answer does not wait for it. If it fails, the slot is free when its token expires. */
  async function release({ claims }: Reservation): Promise<void> {
    reservations.end(claims);
    try {
      await freeSpentSlot(deps, claims.room, claims.jti);
    } catch (err) {
      log.warn({ err, room: claims.room }, 'a slot stays taken until its token expires');
    }
  }
}

const isEventStream = (answer: IncomingMessage) =>
  /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '');
const withoutSecrets = (target: Target): Target => ({ ...target, raw: withoutSecretsInQuery(target.raw) });

const NOT_CACHED = { 'Cache-Control': 'no-store', Vary: 'Accept, Authorization, Cookie' };

/** Redirects people to the room, and back afterwards; programs get an error. */
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
