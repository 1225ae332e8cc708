import type { IncomingMessage } from 'node:http';
import type { Context, Handler } from 'hono';
import { type HttpEnv, onError, type Translate } from './http.ts';
import type { Log } from './log.ts';
import { requestIdFor } from './request-id.ts';

/** An answer as plain data: no Headers object is ever made for it. */
export type HotAnswer = { status: number; body: string | null; headers: Record<string, string> };

export type HotRouteOptions = {
  log: Log;
  translate?: Translate;
  /** Told how long each answer took, and the error of a refusal. */
  observe?: (ms: number, refusal?: unknown) => void;
  /** Which answers get a line in the log; unless told otherwise, every refusal does, and nothing else. */
  logs?: (refusal?: unknown) => boolean;
  /** Headers of every answer, refusals too. */
  headers?: Record<string, string>;
};

/**
 * A route that a whole crowd calls. It does what the middleware of `installBasics` does for all others (request id, errors
 * as problems, a line in the log unless all went well), without middleware: each would cost more than the answer itself.
 * For a Hono app in which such a route is the only handler of its path.
 */
export function hotRoute(
  { log, translate, observe, logs = (refusal) => refusal !== undefined, headers: always }: HotRouteOptions,
  answer: (c: Context<HttpEnv>) => HotAnswer | Promise<HotAnswer>,
  /** Lets a request in, or throws; what it returns is called when the request is answered. */
  enter: () => () => void = () => () => {},
): Handler<HttpEnv> {
  const refuse = onError(log, translate);
  const line = (c: Context<HttpEnv>, id: string, status: number, started: number) => {
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.info({ request_id: id, method: c.req.method, path: c.req.path, status, ms }, 'request');
  };
  const answered = (
    c: Context<HttpEnv>,
    { status, body, headers }: HotAnswer,
    id: string,
    started: number,
    leave: () => void,
  ) => {
    if (always) Object.assign(headers, always);
    headers['X-Request-Id'] = id;
    const response = new Response(body, { status, headers });
    leave();
    observe?.(performance.now() - started);
    if (logs()) line(c, id, status, started);
    return response;
  };
  const refused = async (c: Context<HttpEnv>, error: unknown, id: string, started: number) => {
    const refused = translate?.(error) ?? error;
    observe?.(performance.now() - started, refused);
    c.set('requestId', id);
    const refusal = await refuse(error as Error, c);
    refusal.headers.set('X-Request-Id', id);
    for (const [name, value] of Object.entries(always ?? {})) refusal.headers.set(name, value);
    if (logs(refused)) line(c, id, refusal.status, started);
    return refusal;
  };

  // Not an async function: what can be answered at once costs no promise.
  return (c) => {
    const id = requestIdFor(requestHeader(c, 'x-request-id'));
    const started = performance.now();
    let leave = () => {};
    try {
      leave = enter();
      const now = answer(c);
      if (!(now instanceof Promise)) return answered(c, now, id, started, leave);
      return now.then(
        (then) => answered(c, then, id, started, leave),
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
}

/** Node's own request beneath a Hono context; undefined when it did not come over a socket. */
export const incomingOf = (c: Context) => (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;

/** Whether a request came over a socket, and not by `app.request()`. */
export const isOverHttp = (c: Context): boolean => incomingOf(c) !== undefined;

/** A request's header, from Node's own parsed headers where there are any: no Headers object is made for it. */
export function requestHeader(c: Context, name: string): string | undefined {
  const incoming = incomingOf(c);
  if (!incoming) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
