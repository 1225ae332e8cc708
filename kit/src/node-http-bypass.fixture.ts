import { expect } from 'vitest';
import { type HttpBypass, listen, type ServerOptions } from './http.ts';
import type { Lifecycle } from './lifecycle.ts';

export type Call = { method?: string; headers?: Record<string, string>; body?: string };

/** What differs between two equal answers, and is not compared. */
export type Varying = { body: RegExp; headers: readonly string[] };

/** In every answer. */
const VARYING_HEADERS = ['date', 'x-request-id', 'content-length'];

/** An application behind the bypass, and the requests that the bypass answered. */
export async function openBothWays(
  parts: { fetch: ServerOptions['fetch']; bypass: HttpBypass; varying: Varying },
  lifecycle: Lifecycle,
) {
  const { fetch: framework, bypass, varying } = parts;
  const taken: string[] = [];
  const { port } = await listen({
    fetch: framework,
    httpBypass: (incoming, outgoing) => {
      const isTaken = bypass(incoming, outgoing);
      if (isTaken) taken.push(`${incoming.method} ${incoming.url}`);
      return isTaken;
    },
    port: 0,
    host: '127.0.0.1',
    lifecycle,
  });
  const url = `http://127.0.0.1:${port}`;

  async function seen(path: string, { method = 'GET', headers = {}, body }: Call) {
    const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const names = [...answer.headers.keys()].sort();
    const left = [...VARYING_HEADERS, ...varying.headers];
    const values = Object.fromEntries([...answer.headers].filter(([name]) => !left.includes(name)).sort());
    const text = (await answer.text()).replace(varying.body, '$1$2');
    return { status: answer.status, names, values, body: text };
  }

  /**
   * Sends a request both ways, or two equal requests where one works only once. A query string avoids the bypass, and
   * no handler reads it.
   */
  async function bothWays(path: string, given: Call | (() => Promise<Call>)) {
    const next = typeof given === 'function' ? given : async () => given;
    taken.length = 0;
    const call = await next();
    const bypassed = await seen(path, call);
    expect(taken).toEqual([`${call.method ?? 'GET'} ${path}`]);
    const framework = await seen(`${path}?framework`, await next());
    expect(taken).toHaveLength(1);
    return { bypassed, framework };
  }

  return { url, taken, bothWays };
}
