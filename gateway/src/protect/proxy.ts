import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Problem } from '@shopfast/kit/errors';
import type { HttpEnv } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Context, Handler } from 'hono';
import { Agent, errors, request } from 'undici';

/** Headers that belong to one connection and never travel on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
]);

/**
 * Passes requests on to the shop behind the gateway, streaming both ways over a bounded pool. The forwarded headers are
 * ours alone: what a client claims in `X-Forwarded-*` is not believed.
 * @param addressOf the client's address, which becomes the one hop of `X-Forwarded-For`
 */
export function proxyTo(
  upstream: string,
  lifecycle: Lifecycle,
  addressOf: (c: Context) => string | null,
): Handler<HttpEnv> {
  const agent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: 3_000 },
    headersTimeout: 15_000,
    bodyTimeout: 30_000,
  });
  lifecycle.onClose('proxy', () => agent.destroy());

  return async (c) => {
    const url = new URL(c.req.url);
    try {
      const answer = await request(upstream + url.pathname + url.search, {
        dispatcher: agent,
        method: c.req.method as 'GET',
        headers: forwardedHeaders(c, url, addressOf(c)),
        body: hasBody(c) ? Readable.fromWeb(c.req.raw.body as never) : null,
        signal: c.req.raw.signal,
      });
      return new Response(
        answer.statusCode === 204 || answer.statusCode === 304
          ? null
          : (Readable.toWeb(answer.body) as never),
        {
          status: answer.statusCode,
          headers: answerHeaders(answer.headers),
        },
      );
    } catch (cause) {
      if (cause instanceof errors.HeadersTimeoutError) throw new Problem('upstream_timeout', { cause });
      throw new Problem('upstream_unreachable', { cause, retryAfterSeconds: 2 });
    }
  };
}

const hasBody = (c: Context) => c.req.method !== 'GET' && c.req.method !== 'HEAD' && c.req.raw.body !== null;

function forwardedHeaders(c: Context<HttpEnv>, url: URL, client: string | null): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of c.req.raw.headers)
    if (!HOP_BY_HOP.has(name) && !name.startsWith('x-forwarded-')) headers[name] = value;
  headers['x-request-id'] = c.get('requestId');
  if (client !== null) headers['x-forwarded-for'] = client;
  headers['x-forwarded-host'] = url.host;
  headers['x-forwarded-proto'] = url.protocol.slice(0, -1);
  return headers;
}

function answerHeaders(from: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined || HOP_BY_HOP.has(name) || name === 'x-request-id') continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}
