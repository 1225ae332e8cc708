import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type HttpEnv, problemFor, type Translate } from './http.ts';
import type { Log } from './log.ts';
import { nodeOf } from './node-context.ts';
import { type PlainAnswer, problemAnswer } from './plain-answer.ts';
import { requestIdFor, type TrustsSender } from './request-id.ts';

/** What a hot-path handler may use: the part of Hono's context that the bypass has as well. */
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
  /** Called with the duration of each answer, and with the error when it was refused. */
  observe?: (ms: number, refusal?: unknown) => void;
  /** Which answers are logged; default: only refusals. */
  logs?: (refusal?: unknown) => boolean;
  /** Whose `X-Request-Id` is kept; default: nobody's. */
  isTrusted?: TrustsSender;
  /** Headers of every answer, including refusals. */
  headers?: Record<string, string>;
};

/** Answers a request. It neither throws nor rejects. */
export type HotPathHandler<C extends HotPathContext = HotPathContext> = (
  c: C,
) => PlainAnswer | Promise<PlainAnswer>;

/**
 * Wraps a hot-path call. It does what the middleware of `installBasics` does for other calls: request id, errors as
 * problems, a log line unless all went well. It uses no middleware, because each one would cost more than the answer.
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
  /** Admits a request, or throws. The returned function is called when the request is answered. */
  enter: () => () => void = () => () => {},
  /** Waits for what the request needs before it is admitted: its body. */
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
    return done(c, problemAnswer(problem, id, reader), id, started, problem);
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

  // Not an async function: an answer that is ready at once needs no promise.
  return (c) => {
    const id = requestIdFor(requestHeader(c, 'x-request-id'), c, isTrusted);
    const started = performance.now();
    // Without `receive`, nothing is received: `Received` is undefined.
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

/** A hot-path request as a handler of a Hono app that has no other handler for its path. */
export function hotPathRoute(call: HotPathHandler<Context<HttpEnv>>): Handler<HttpEnv> {
  const respond = (c: Context, { status, body, headers }: PlainAnswer) =>
    // Only a refusal may carry headers that were set on the context before.
    status < 400 || body === null
      ? new Response(body, { status, headers })
      : // Only answers without a body have the other statuses.
        c.body(body, status as ContentfulStatusCode, headers);
  return (c) => {
    const answer = call(c);
    return answer instanceof Promise ? answer.then((then) => respond(c, then)) : respond(c, answer);
  };
}

/** Node's own request of a context; undefined when it did not come over a socket. */
export const incomingOf = (c: { env: unknown }) => nodeOf(c)?.incoming;

/** Whether a request came over a socket, and not through `app.request()`. */
export const isOverHttp = (c: { env: unknown }): boolean => incomingOf(c) !== undefined;

/** A request's header, from Node's own parsed headers when there are any. So no Headers object is created. */
export function requestHeader(c: HotPathContext, name: string): string | undefined {
  const incoming = incomingOf(c);
  if (!incoming) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
