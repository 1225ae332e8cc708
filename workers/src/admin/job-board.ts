import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/typings/app';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { findApiKeyByHash } from '@shopfast/db/api-keys/find-by-hash';
import { appendAudit } from '@shopfast/db/audit/append';
import type { Sql } from '@shopfast/db/client';
import { type AdminAccess, type AdminEnv, authenticate, requireRole } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import type { Clock } from '@shopfast/kit/clock';
import { JOB_BOARD, QUEUES } from '@shopfast/kit/contracts/jobs';
import { Problem } from '@shopfast/kit/errors';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Queues } from '../queues.ts';
import { createBulkhead } from './bulkhead.ts';

/**
 * What may be changed from the board: jobs are run again or sooner, failed ones forgotten, queues paused. Not that jobs are made up,
 * altered or thrown away: the outbox says which there are.
 */
const CHANGES = [
  /^\/api\/queues\/(pause|resume)$/,
  /^\/api\/queues\/\w+\/(pause|resume|promote|retry\/failed|clean\/failed)$/,
  /^\/api\/queues\/\w+\/[\w-]+\/(retry|promote)$/,
];

export type BoardParts = { sql: Sql; clock: Clock; queues: Queues; door: AdminAccess };

/** bull-board, for browsers: the admin key is the password. Viewers look; operators change, and that is in the audit log. */
export function jobBoard({ sql, clock, queues, door }: BoardParts): Hono<AdminEnv> {
  const turn = createBulkhead();
  const app = new Hono<AdminEnv>();
  const checkKey = authenticate({
    findKey: (hash) => turn(() => findApiKeyByHash(sql, hash)),
    clock,
    pagesUnder: JOB_BOARD,
    ...door,
  });
  const checkChange: MiddlewareHandler<AdminEnv> = async (c, next) => {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD') {
      requireRole(c, 'viewer');
      return next();
    }
    requireRole(c, 'operator');
    const path = c.req.path.slice(JOB_BOARD.length);
    if (method !== 'PUT' || !CHANGES.some((change) => change.test(path)))
      throw new Problem('method_not_allowed', { detail: 'The board does not do this.' });
    // Written first: nothing is changed that the log does not know of.
    const entry = auditEntry(authorOf(c), clock.now(), { action: 'jobs.change', target: path.slice(12) });
    await turn(() => appendAudit(sql, entry));
    await next();
  };
  app.use(`${JOB_BOARD}/*`, strictHeaders, unstored, checkKey, checkChange);
  app.get(`${JOB_BOARD}/`, (c) => c.redirect(JOB_BOARD));
  app.route(JOB_BOARD, boardOf(queues) as unknown as Hono<AdminEnv>);
  return app;
}

function boardOf(queues: Queues) {
  const adapter = new HonoAdapter(serveStatic).setBasePath(JOB_BOARD);
  createBullBoard({
    queues: QUEUES.map((name) => new BullMQAdapter(queues[name])),
    // The adapter's types are those of its own copy of the same interface.
    serverAdapter: adapter as unknown as IServerAdapter,
    options: { uiConfig: { boardTitle: 'ShopFast jobs' } },
  });
  return adapter.registerPlugin();
}

/** Its page brings styles in attributes; nothing of it comes from elsewhere, its fonts neither. */
const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
});

const unstored: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};
