import { findApiKeyByHash } from '@shopfast/db/api-keys';
import type { Sql } from '@shopfast/db/client';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { listDeadLetters } from '@shopfast/db/dead-letters';
import { type AdminAccess, type AdminEnv, authenticate, requireRole } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import type { Clock } from '@shopfast/kit/clock';
import { deadLetterPage, deadLetterParams } from '@shopfast/kit/contracts/workers-calls';
import { invalidRequest } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { z } from 'zod';
import { resend } from '../dead-letters.ts';
import type { JobFigures } from './job-figures.ts';

export type AdminParts = { sql: Sql; clock: Clock; figures: () => Promise<JobFigures>; door: AdminAccess };

/** Operators' calls for jobs and dead letters, with the admin keys of the gateway. */
export function adminRoutes({ sql, clock, figures, door }: AdminParts): Hono<AdminEnv> {
  const bulkhead = operatorsBulkhead();
  const app = new Hono<AdminEnv>();
  const checkKey = authenticate({
    findKey: (hash) => bulkhead.run(() => findApiKeyByHash(sql, hash)),
    clock,
    ...door,
  });
  for (const path of ['/v1/admin/dead-letters/*', '/v1/admin/jobs']) app.use(path, checkKey);

  app.get('/v1/admin/jobs', async (c) => {
    requireRole(c, 'viewer');
    return c.json(await bulkhead.run(figures), 200, UNCACHED);
  });

  app.get('/v1/admin/dead-letters', async (c) => {
    requireRole(c, 'viewer');
    const filter = read(deadLetterPage, c.req.query());
    const letters = await bulkhead.run(() => listDeadLetters(sql, filter));
    const next = letters.length === filter.limit ? (letters.at(-1)?.id ?? null) : null;
    return c.json({ dead_letters: letters, next_before: next }, 200, UNCACHED);
  });
  app.post('/v1/admin/dead-letters/:id/resend', async (c) => {
    requireRole(c, 'operator');
    const letter = read(deadLetterParams, c.req.param()).id;
    const resent = await bulkhead.run(() => resend({ sql, clock }, letter, authorOf(c)));
    return c.json({ id: letter, resent_before: !resent }, 202, UNCACHED);
  });
  return app;
}

const UNCACHED = { 'Cache-Control': 'no-store' };

function read<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
  return parsed.data;
}
