import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import type { Sql } from '@shopfast/db/client';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { listDeadLetters } from '@shopfast/db/dead-letters';
import type { DeadLetter as DeadLetterRow } from '@shopfast/db/schema/jobs';
import { type AdminAccess, type AdminEnv, authenticate, requires } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import {
  ADMIN_KEY,
  ADMIN_KEY_OR_PASSWORD,
  adminProblems,
  answers,
  page,
} from '@shopfast/kit/api-document/describe';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { finishDocument } from '@shopfast/kit/api-document/finish';
import type { Clock } from '@shopfast/kit/clock';
import {
  type DeadLetter,
  deadLetterPage,
  deadLetterParams,
  deadLetterQuery,
  type JobFigures,
  jobFigures,
  resentDeadLetter,
} from '@shopfast/kit/contracts/background-jobs';
import { JOB_BOARD } from '@shopfast/kit/contracts/jobs';
import { refuseInvalid } from '@shopfast/kit/http';
import { resend } from '../dead-letters.ts';

export type AdminParts = { sql: Sql; clock: Clock; figures: () => Promise<JobFigures>; door: AdminAccess };

const API_HEAD = { openapi: '3.1.0', info: { title: 'ShopFast workers', version: '1.0.0' } } as const;
const tags = ['Jobs'];

const routes = {
  figures: createRoute({
    operationId: 'getJobFigures',
    method: 'get',
    path: '/v1/admin/jobs',
    // The role is checked before the input.
    middleware: [requires('viewer')],
    tags,
    security: ADMIN_KEY,
    summary: 'Read the state of the background jobs',
    description:
      'Outbox, queues, attempts, payment breaker, dead letters. Figures that cannot be read now are null.',
    responses: { 200: answers('The figures', jobFigures), ...adminProblems('overloaded') },
  }),
  list: createRoute({
    operationId: 'listDeadLetters',
    method: 'get',
    path: '/v1/admin/dead-letters',
    middleware: [requires('viewer')],
    tags,
    security: ADMIN_KEY,
    summary: 'List jobs that used up their attempts, newest first',
    request: { query: deadLetterQuery },
    responses: {
      200: answers('A page; next_before is null on the last page', deadLetterPage),
      ...adminProblems('overloaded', 'invalid_request'),
    },
  }),
  resend: createRoute({
    operationId: 'resendDeadLetter',
    method: 'post',
    path: '/v1/admin/dead-letters/{id}/resend',
    middleware: [requires('operator')],
    tags,
    security: ADMIN_KEY,
    summary: 'Send a dead letter again, once, as a new job',
    request: { params: deadLetterParams },
    responses: {
      202: answers('It is in the outbox, or was sent again before', resentDeadLetter),
      ...adminProblems('overloaded', 'dead_letter_unknown', 'invalid_request'),
    },
  }),
};

/** Operators' calls for jobs and dead letters, with the admin keys of the gateway. */
export function adminRoutes({ sql, clock, figures, door }: AdminParts): OpenAPIHono<AdminEnv> {
  const bulkhead = operatorsBulkhead();
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  const checkKey = authenticate({
    findKey: (hash) => bulkhead.run(() => findApiKeyByHash(sql, hash)),
    clock,
    ...door,
  });
  for (const path of ['/v1/admin/dead-letters/*', '/v1/admin/jobs']) app.use(path, checkKey);

  app.openapi(routes.figures, async (c) => c.json(await bulkhead.run(figures), 200, UNCACHED));
  app.openapi(routes.list, async (c) => {
    const filter = c.req.valid('query');
    const letters = await bulkhead.run(() => listDeadLetters(sql, filter));
    const next = letters.length === filter.limit ? (letters.at(-1)?.id ?? null) : null;
    return c.json({ dead_letters: letters.map(deadLetterToJson), next_before: next }, 200, UNCACHED);
  });
  app.openapi(routes.resend, async (c) => {
    const letter = c.req.valid('param').id;
    const resent = await bulkhead.run(() => resend({ sql, clock }, letter, authorOf(c)));
    return c.json({ id: letter, resent_before: !resent }, 202, UNCACHED);
  });
  app.openAPIRegistry.registerPath({
    operationId: 'showJobBoard',
    method: 'get',
    path: JOB_BOARD,
    tags,
    security: ADMIN_KEY_OR_PASSWORD,
    summary: 'Show the queues in a browser (bull-board)',
    responses: { 200: page('A page'), ...adminProblems('overloaded') },
  });
  let document: ApiDocument | undefined;
  app.get('/openapi.json', (c) => {
    document ??= finishDocument(app.getOpenAPI31Document(API_HEAD));
    return c.json(document);
  });
  return app;
}

const deadLetterToJson = (row: DeadLetterRow): DeadLetter => ({
  ...row,
  failed_at: row.failed_at.toISOString(),
  resent_at: row.resent_at?.toISOString() ?? null,
});

const UNCACHED = { 'Cache-Control': 'no-store' };
