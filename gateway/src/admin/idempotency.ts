import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { claimKey, type RequestKey } from '@shopfast/db/idempotency/claim';
import { giveKeyBack, keepAnswer } from '@shopfast/db/idempotency/settle';
import type { IdempotentRequest } from '@shopfast/db/schema/idempotency';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import type { Gateway } from '../deps.ts';
import type { AdminEnv } from './authenticate.ts';

const DAY_MS = 86_400_000;
/** Longer than any of these requests may take. */
const LOCK_MS = 60_000;
const KEPT_HEADERS = ['content-type', 'cache-control', 'etag', 'location'];

/** For the description of the calls that take it. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe('the same key and body get the same answer for 24 hours (IETF draft, expired)'),
});

type KeptAnswer = { body: string; headers: Record<string, string> };

/**
 * The Idempotency-Key header, as in the (expired) IETF draft -07: a request that is repeated with its key is not made
 * again but answered the same, for 24 hours; with another body it is refused. Only good answers are kept. One statement
 * before, one after; nothing for a request without the header.
 */
export function idempotent(gateway: Gateway): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (key === undefined) return next();
    if (!/^[\x20-\x7e]{1,128}$/.test(key)) throw refused('must be 1 to 128 printable ASCII characters');

    const request: RequestKey = { actor: c.get('actor').keyId, key };
    const body = await c.req.text();
    const hash = createHash('sha256').update(`${c.req.method} ${c.req.path}\n${body}`).digest('hex');
    const now = gateway.clock.now();
    const known = await claimKey(gateway.sql, request, {
      hash,
      now: new Date(now),
      lockedUntil: new Date(now + LOCK_MS),
      forgetBefore: new Date(now - DAY_MS),
    });
    if (known) return answerAgain(gateway, known, hash);

    await next();
    if (!c.res.ok) return giveKeyBack(gateway.sql, request);
    const kept: KeptAnswer = { body: await c.res.clone().text(), headers: pickHeaders(c.res.headers) };
    await keepAnswer(gateway.sql, request, {
      status: c.res.status,
      encrypted: gateway.sealer.close(JSON.stringify(kept)),
    });
  };
}

function answerAgain(gateway: Gateway, known: IdempotentRequest, hash: string): Response {
  if (known.request_hash !== hash) throw refused('was used for another request');
  if (known.status === null || known.answer_encrypted === null)
    throw new Problem('request_in_progress', { retryAfterSeconds: 2 });
  const { body, headers } = JSON.parse(gateway.sealer.open(known.answer_encrypted)) as KeptAnswer;
  return new Response(body, { status: known.status, headers });
}

function pickHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) as string]] : [])),
  );
}

const refused = (message: string) => invalidRequest([{ path: ['idempotency-key'], message }]);
