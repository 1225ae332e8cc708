import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import { z } from '../contracts/zod.ts';
import { Problem } from '../errors.ts';
import { invalidRequest } from '../http.ts';
import type { Sealer } from '../sealer.ts';
import type { AdminEnv } from './authenticate.ts';

const DAY_MS = 86_400_000;
/** Longer than any of these requests takes. */
const LOCK_MS = 60_000;
const KEPT_HEADERS = ['content-type', 'cache-control', 'etag', 'location'];

/** Header schema for the OpenAPI document. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe('the same key and body get the same answer for 24 hours (IETF draft, expired)'),
});

/** Keys are separate for each caller: the id of the admin key, and the header's value. */
export type RequestKey = { actor: string; key: string };
export type KnownRequest = { request_hash: string; status: number | null; answer_encrypted: string | null };

/** Where answers are stored. */
export type AnswerStore = {
  /**
   * Claims a key for the current request.
   * @returns undefined when the claim succeeds, else what is stored for the key
   */
  claim(
    key: RequestKey,
    request: { hash: string; now: Date; lockedUntil: Date; forgetBefore: Date },
  ): Promise<KnownRequest | undefined>;
  keep(key: RequestKey, answer: { status: number; encrypted: string }): Promise<void>;
  release(key: RequestKey): Promise<void>;
};

type Deps = { answers: AnswerStore; sealer: Sealer; clock: Clock };

type KeptAnswer = { body: string; headers: Record<string, string> };

/**
 * The Idempotency-Key header, as in the (expired) IETF draft -07. A request that is repeated with its key gets the
 * stored answer, for 24 hours. The same key with another body is refused. Only successful answers are stored. It takes
 * one statement before and one after, and nothing for a request without the header.
 */
export function idempotent({ answers, sealer, clock }: Deps): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (key === undefined) return next();
    if (!/^[\x20-\x7e]{1,128}$/.test(key)) throw refused('must be 1 to 128 printable ASCII characters');

    const request: RequestKey = { actor: c.get('actor').keyId, key };
    const body = await c.req.text();
    const hash = createHash('sha256').update(`${c.req.method} ${c.req.path}\n${body}`).digest('hex');
    const now = clock.now();
    const known = await answers.claim(request, {
      hash,
      now: new Date(now),
      lockedUntil: new Date(now + LOCK_MS),
      forgetBefore: new Date(now - DAY_MS),
    });
    if (known) return answerAgain(sealer, known, hash);

    await next();
    if (!c.res.ok) return answers.release(request);
    const kept: KeptAnswer = { body: await c.res.clone().text(), headers: pickHeaders(c.res.headers) };
    await answers.keep(request, {
      status: c.res.status,
      encrypted: sealer.encrypt(JSON.stringify(kept)),
    });
  };
}

function answerAgain(sealer: Sealer, known: KnownRequest, hash: string): Response {
  if (known.request_hash !== hash) throw refused('was used for another request');
  if (known.status === null || known.answer_encrypted === null)
    throw new Problem('request_in_progress', { retryAfterSeconds: 2 });
  const { body, headers }: KeptAnswer = JSON.parse(sealer.decrypt(known.answer_encrypted));
  return new Response(body, { status: known.status, headers });
}

function pickHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

const refused = (message: string) => invalidRequest([{ path: ['idempotency-key'], message }]);
