import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import { roomStatus } from '@shopfast/kit/contracts/api';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { API_DOCUMENT, type ApiRegistry } from '../openapi.ts';
import { type ApiDocument, withProblems } from './document.ts';
import { PAGE_POLICY, renderPage } from './page.ts';

/** `/openapi.json` and, for people, `/docs`. Both are generated from the application on first use. */
export function referenceRoutes(describes: OpenAPIHono<HttpEnv>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  let document: ApiDocument | undefined;
  let page: string | undefined;
  const read = () => {
    // The library's type of a document is wider than what it makes.
    document ??= withProblems(describes.getOpenAPI31Document(API_DOCUMENT) as unknown as ApiDocument);
    return document;
  };
  const cacheable = { 'Cache-Control': 'public, max-age=60' };

  app.get('/openapi.json', (c) => c.json(read(), 200, cacheable));
  app.get('/docs', (c) => {
    page ??= renderPage(read());
    return c.html(page, 200, {
      ...cacheable,
      'Content-Security-Policy': PAGE_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
  });
  return app;
}

/** Describes calls with plain handlers in the OpenAPI document. */
export function describePlainRoutes(api: ApiRegistry): void {
  const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
  const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
  const get = (path: string, tag: string, summary: string, content: object | undefined) =>
    // `responses` is built in two steps, which the type of the argument does not accept.
    api.registerPath({
      method: 'get',
      path,
      tags: [tag],
      summary,
      ...(path.includes('{room}') ? { request: { params: z.object({ room: z.string() }) } } : {}),
      responses: { 200: { description: 'Answer', ...(content ? { content } : {}) } },
    } as Parameters<ApiRegistry['registerPath']>[0]);
  get(
    '/v1/rooms/{room}/status',
    'Tickets',
    'The room, the same for everybody; cacheable, ETag',
    json(roomStatus),
  );
  get('/.well-known/jwks.json', 'Tokens', 'Public keys that verify reservation tokens', json(jwks));
  get('/healthz', 'Health', 'The process is alive', json(z.object({ status: z.string() })));
  get(
    '/readyz',
    'Health',
    'It can serve requests: Redis accepts writes, and it is not shutting down; else 503',
    json(z.object({ status: z.string() })),
  );
}
