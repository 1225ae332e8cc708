import type { IncomingMessage } from 'node:http';
import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type HttpEnv, problemFor, type Translate } from './http.ts';
import type { Log } from './log.ts';
import { type PlainAnswer, problemAnswer } from './plain-answer.ts';
import { requestIdFor, type TrustsSender } from './request-id.ts';

/** What a hot-path request may know of its request: a part of Hono's context, which the bypass has as well. */
export type HotPathContext = {
  env: unknown;
  req: {
    method: string;
    path: string;
    raw: Request;
    header(name: string): string | undefined;
    param(name: string): string | undefined;
  };
  /** Sets a header of the answer. */
  header(name: string, value: string): void;
};

export type HotPathOptions = {
  log: Log;
  translate?: Translate;
  /** Told how long each answer took, and the error of a refusal. */
  observe?: (ms: number, refusal?: unknown) => void;
  /** Which answers get a line in the log; unless told otherwise, every refusal does, and nothing else. */
  logs?: (refusal?: unknown) => boolean;
  /** Whose `X-Request-Id` is kept; without it, nobody's. */
  isTrusted?: TrustsSender;
  /** Headers of every answer, refusals too. */
  headers?: Record<string, string>;
};

/** Answers a request; it neither throws nor rejects. */
export type HotPathHandler<C extends HotPathContext = HotPathContext> = (
  c: C,
) => PlainAnswer | Promise<PlainAnswer>;

/**
 * A call that a whole crowd makes. It does what the middleware of `installBasics` does for all others (request id, errors
 * as problems, a line in the log unless all went well), without middleware: each would cost more than the answer itself.
 */
export function hotPathHandler<C extends HotPathContext = HotPathContext, Received = undefined>(
  {
    log,
    translate,
    observe,
    logs = (refusal) => refusal !== undefined,
    isTrusted,
    headers: always,
  }: HotPathOptions,
  answer: (c: C, received: Received) => PlainAnswer | Promise<PlainAnswer>,
  /** Lets a request in, or throws; what it returns is called when the request is answered. */
  enter: () => () => void = () => () => {},
  /** Waits for what must have come before a request is let in: its body. */
  receive?: (c: C) => Received | Promise<Received>,
): HotPathHandler<C> {
  const problemOf = problemFor(log, translate);
  const done = (c: HotPathContext, answer: PlainAnswer, id: string, started: number, refusal?: unknown) => {
    if (always) Object.assign(answer.headers, always);
    answer.headers['X-Request-Id'] = id;
    const ms = performance.now() - started;
    observe?.(ms, refusal);
    if (logs(refusal)) {
      const { method, path } = c.req;
      const line = { request_id: id, method, path, status: answer.status, ms: Math.round(ms * 10) / 10 };
      log.info(line, 'request');
    }
    return answer;
  };
  const refused = (c: HotPathContext, thrown: unknown, id: string, started: number) => {
    const problem = problemOf(thrown, { id, path: c.req.path });
    const reader = {
      acceptLanguage: requestHeader(c, 'accept-language'),
      cookie: requestHeader(c, 'cookie'),
    };
    return done(c, problemAnswer(problem, id, reader), id, started, translate?.(thrown) ?? thrown);
  };

  const run = (c: C, received: Received, id: string, started: number) => {
    let leave = () => {};
    try {
      leave = enter();
      const now = answer(c, received);
      if (!(now instanceof Promise)) {
        leave();
        return done(c, now, id, started);
      }
      return now.then(
        (then) => {
          leave();
          return done(c, then, id, started);
        },
        (error: unknown) => {
          leave();
          return refused(c, error, id, started);
        },
      );
    } catch (error) {
      leave();
      return refused(c, error, id, started);
    }
  };

  // Not an async function: what can be answered at once costs no promise.
  return (c) => {
    const id = requestIdFor(requestHeader(c, 'x-request-id'), c, isTrusted);
    const started = performance.now();
    if (!receive) return run(c, undefined as Received, id, started);
    try {
      const received = receive(c);
      if (!(received instanceof Promise)) return run(c, received, id, started);
      return received.then(
        (then) => run(c, then, id, started),
        (error: unknown) => refused(c, error, id, started),
      );
    } catch (error) {
      return refused(c, error, id, started);
    }
  };
}

/** A hot-path request as a handler of a Hono app in which it is the only handler of its path. */
export function hotPathRoute(call: HotPathHandler<Context<HttpEnv>>): Handler<HttpEnv> {
  const respond = (c: Context, { status, body, headers }: PlainAnswer) =>
    // Only a refusal may bring headers that were set on the context on the way.
    status < 400 || body === null
      ? new Response(body, { status, headers })
      : c.body(body, status as ContentfulStatusCode, headers);
  return (c) => {
    const answer = call(c);
    return answer instanceof Promise ? answer.then((then) => respond(c, then)) : respond(c, answer);
  };
}

/** Node's own request beneath a context; undefined when it did not come over a socket. */
export const incomingOf = (c: { env: unknown }) =>
  (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;

/** Whether a request came over a socket, and not by `app.request()`. */
export const isOverHttp = (c: { env: unknown }): boolean => incomingOf(c) !== undefined;

/** A request's header, from Node's own parsed headers where there are any: no Headers object is made for it. */
export function requestHeader(c: HotPathContext, name: string): string | undefined {
  const incoming = incomingOf(c);
  if (!incoming) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
