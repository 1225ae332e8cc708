import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Context, ErrorHandler, Hono, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { capConnections } from './connection-cap.ts';
import type { Drain } from './drain.ts';
import { type FieldError, Problem } from './errors.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import { problemAnswer } from './plain-answer.ts';
import { portOf } from './port-of.ts';
import { requestIdFor, type TrustsSender } from './request-id.ts';
import { type BodyRate, watchBodies } from './slow-bodies.ts';
import {
  isAmbiguous,
  isRefused,
  MAX_HEADER_BYTES,
  MAX_HEADERS,
  refuseAmbiguous,
  refuseOnTheWire,
  refuseTooManyHeaders,
} from './wire-limits.ts';

/** The context variables of every handler. */
export type HttpEnv = { Variables: { requestId: string } };

/** Gives each request an id (a trusted proxy's, if it is well-formed) and each answer `X-Request-Id`. */
export const requestId =
  (isTrusted?: TrustsSender): MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const id = requestIdFor(c.req.header('x-request-id'), c, isTrusted);
    c.set('requestId', id);
    await next();
    c.res.headers.set('X-Request-Id', id);
  };

/** Called for each answer when it is made. `c.error` is the error behind a problem, if there was one. */
export type ObserveAnswer = (c: Context<HttpEnv>, ms: number) => void;

/**
 * Writes one line per request, with id and outcome. Frequent successful answers (heartbeats, probes) are logged at
 * "debug", so that a crowd does not fill the disk. Refusals and failures are always logged.
 */
export function accessLog(
  log: Log,
  frequent: (path: string) => boolean = () => false,
  observe?: ObserveAnswer,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    observe?.(c, performance.now() - started);
    const { status } = c.res;
    const level = status >= 500 ? 'error' : status < 400 && frequent(c.req.path) ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    log[level](
      {
        request_id: c.get('requestId'),
        method: c.req.method,
        path: c.req.path,
        status,
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      'request',
    );
  };
}

/** Sends a problem as RFC 9457 `application/problem+json`, with `Retry-After` where it has one. */
export function sendProblem(c: Context, problem: Problem): Response {
  const { status, body, headers } = problemAnswer(problem, c.get('requestId'), {
    acceptLanguage: c.req.header('accept-language'),
    cookie: c.req.header('cookie'),
  });
  return c.body(body, status as ContentfulStatusCode, headers); // A problem always has a body.
}

/** Maps errors of a library or a store to a problem, such as an unavailable Redis. */
export type Translate = (error: unknown) => Problem | undefined;

/** Error handler of a Hono app: turns what was thrown into an answer. */
export function onError(log: Log, translate?: Translate): ErrorHandler {
  const problemOf = problemFor(log, translate);
  return (thrown, c) => sendProblem(c, problemOf(thrown, { id: c.get('requestId'), path: c.req.path }));
}

/**
 * The only place where an error becomes a problem. An unexpected error gets one fixed sentence; the log has the
 * details.
 */
export function problemFor(log: Log, translate: Translate = () => undefined) {
  return (thrown: unknown, { id, path }: { id: string; path: string }): Problem => {
    // A problem is an answer already. Its cause, such as an unreachable upstream, is not an unavailable store.
    const error = thrown instanceof Problem ? thrown : (translate(thrown) ?? thrown);
    if (error instanceof Problem) {
      if (error.status >= 500) log.warn({ err: error, request_id: id, path }, error.code);
      return error;
    }
    if (error instanceof HTTPException && error.status < 500)
      return new Problem('malformed_request', { detail: error.message });
    // The client disconnected in the middle of the body: not an error of ours, so it is not logged as one.
    if (wasHungUp(error)) return new Problem('malformed_request');
    log.error({ err: error, request_id: id, path }, 'unexpected error');
    return new Problem('internal');
  };
}

function wasHungUp(error: unknown): boolean {
  const { code, message }: { code?: unknown; message?: unknown } = Object(error);
  return code === 'ECONNRESET' && message === 'aborted';
}

/** Request ids, access log, problems for errors and for unknown paths: every service's app starts with these. */
export function installBasics(
  // biome-ignore lint/suspicious/noExplicitAny: any app whose environment extends HttpEnv
  app: Hono<any, any, any>,
  options: {
    log: Log;
    frequent?: (path: string) => boolean;
    translate?: Translate;
    observe?: ObserveAnswer;
    /** Whose `X-Request-Id` is kept; default: nobody's. */
    isTrusted?: TrustsSender;
  },
): void {
  app.use(requestId(options.isTrusted));
  app.use(accessLog(options.log, options.frequent, options.observe));
  app.onError(onError(options.log, options.translate));
  app.notFound((c) => sendProblem(c, new Problem('not_found')));
}

type SchemaIssue = { path: PropertyKey[]; message: string };

/** For `new OpenAPIHono({ defaultHook })` and for schemas used by hand: a failed parse becomes `invalid_request`. */
export function refuseInvalid(result: { success: boolean; error?: { issues: SchemaIssue[] } }): void {
  if (!result.success) throw invalidRequest(result.error?.issues ?? []);
}

/** `invalid_request` naming each invalid field. */
export function invalidRequest(issues: readonly SchemaIssue[]): Problem {
  const errors: FieldError[] = issues.map((issue) => ({
    field: issue.path.map(String).join('.') || '(body)',
    message: issue.message,
  }));
  return new Problem('invalid_request', {
    errors,
    detail: errors.map((error) => `${error.field}: ${error.message}`).join('; '),
  });
}

/** The credential of `Authorization: Bearer …`, or undefined. */
export function bearer(c: Context): string | undefined {
  return bearerOf(c.req.header('authorization'));
}

export function bearerOf(header: string | undefined): string | undefined {
  return header && /^bearer /i.test(header) ? header.slice(7).trim() : undefined;
}

/**
 * Answers a request and returns true, or leaves it untouched for `fetch` and returns false. It never throws: see
 * node-http-bypass.ts.
 */
export type HttpBypass = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export type ServerOptions = {
  /** Lets several processes listen on one port. The kernel distributes connections among them. */
  reusePort?: boolean;
  fetch: (request: Request, env: unknown) => Response | Promise<Response>;
  /** Receives each request first. */
  httpBypass?: HttpBypass;
  port: number;
  host: string;
  lifecycle: Lifecycle;
  /** While it runs, each answer closes its connection. */
  drain?: Drain;
  /** How long a request may take to arrive. The defaults suit a service that only other services call. */
  timeouts?: Partial<ClientTimeouts>;
  /** Limits for one address; default: none. */
  clients?: ClientLimits;
};

export type ClientTimeouts = {
  /** To the first byte of a new connection, and from the first to the last byte of a request's head. */
  headersMs: number;
  /** From the first byte of a request to the last, even if data keeps arriving. */
  requestMs: number;
  /** Between two requests on one connection. Longer than that of usual proxies (60 s). */
  keepAliveMs: number;
  /** The minimum rate of a body. */
  body: BodyRate;
  checkEveryMs: number;
};
const DEFAULT_TIMEOUTS: ClientTimeouts = {
  headersMs: 10_000,
  requestMs: 3_600_000,
  keepAliveMs: 65_000,
  body: { windowMs: 10_000, bytesPerSecond: 100 },
  checkEveryMs: 2_000,
};

export type ClientLimits = {
  /** Open connections of one address; 0: no limit. */
  connectionsPerAddress: number;
  /** Requests of one address whose body is incomplete; 0: no limit. */
  unfinishedPerAddress: number;
  /** The key of a connection, from the peer's address; null: not limited. */
  peerKey: (address: string | undefined) => string | null;
  /** The key of a request's client; null: not limited. */
  clientKey: (incoming: IncomingMessage) => string | null;
};

/**
 * Listens and registers a graceful close: no new connections, running requests get 5 s, then all connections are
 * closed. No handler sees a request whose headers are too large, too many or too slow, or one that exceeds a client's
 * limit. A body that arrives too slowly ends with 408.
 * @returns the port in use (chosen by the system when `port` is 0) and the server
 */
export async function listen(options: ServerOptions): Promise<{ port: number; server: Server }> {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const { httpBypass, clients, drain } = options;
  // HTTP/1.0 needs no Host: the health checks of some load balancers have none.
  const answer = getRequestListener(refuseTooManyHeaders(options.fetch), { hostname: 'localhost' });
  const bodies = watchBodies({
    rate: timeouts.body,
    maxMs: timeouts.requestMs,
    checkEveryMs: Math.min(timeouts.checkEveryMs, 1_000),
    unfinishedPerAddress: clients?.unfinishedPerAddress ?? 0,
    keyOf: clients?.clientKey ?? (() => null),
  });
  options.lifecycle.onClose('body watch', () => bodies.stop());
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: timeouts.checkEveryMs },
    (incoming, outgoing) => {
      if (drain?.isDraining) outgoing.shouldKeepAlive = false;
      if (isRefused(incoming)) return;
      if (isAmbiguous(incoming)) return refuseAmbiguous(incoming, outgoing);
      if (!bodies.admit(incoming, outgoing)) return;
      if (!httpBypass?.(incoming, outgoing)) void answer(incoming, outgoing);
    },
  );
  if (clients) capConnections(server, { most: clients.connectionsPerAddress, keyOf: clients.peerKey });
  server.keepAliveTimeout = timeouts.keepAliveMs;
  server.headersTimeout = timeouts.headersMs;
  // The rate of bodies is checked in slow-bodies.ts.
  server.requestTimeout = 0;
  // One more than allowed, so that we see an excess header. Node would drop it silently.
  server.maxHeadersCount = MAX_HEADERS + 1;
  server.on('clientError', refuseOnTheWire);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const { port, host, reusePort = false } = options;
    server.listen({ port, host, reusePort, backlog: 4096 }, resolve);
  });
  options.lifecycle.onClose('http server', () => closeServer(server, 5_000));
  return { port: portOf(server), server };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Reports to the parent process (if there is one) that the service answers, and where. */
export function announceReady(details: Record<string, unknown>): void {
  process.send?.({ ready: details });
}
