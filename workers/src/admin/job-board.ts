import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/typings/app';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { appendAudit } from '@shopfast/db/audit';
import type { Sql } from '@shopfast/db/client';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { type AdminAccess, type AdminEnv, authenticate, requireRole } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import type { Clock } from '@shopfast/kit/clock';
import { JOB_BOARD } from '@shopfast/kit/contracts/jobs';
import { QUEUES } from '@shopfast/kit/contracts/limits';
import { Problem } from '@shopfast/kit/errors';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Queues } from '../queues.ts';

/**
 * Changes that the board allows: run jobs again or sooner, remove failed ones, pause queues. Creating, editing or
 * deleting jobs is not allowed: the outbox decides which jobs exist.
 */
const CHANGES = [
  /^\/api\/queues\/(pause|resume)$/,
  /^\/api\/queues\/\w+\/(pause|resume|promote|retry\/failed|clean\/failed)$/,
  /^\/api\/queues\/\w+\/[\w-]+\/(retry|promote)$/,
];

export type BoardParts = { sql: Sql; clock: Clock; queues: Queues; door: AdminAccess };

/**
 * bull-board, for browsers: the admin key is the password. Viewers read; operators change, and each change is audited.
 */
export function jobBoard({ sql, clock, queues, door }: BoardParts): Hono<AdminEnv> {
  const bulkhead = operatorsBulkhead();
  const app = new Hono<AdminEnv>();
  const checkKey = authenticate({
    findKey: (hash) => bulkhead.run(() => findApiKeyByHash(sql, hash)),
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
      throw new Problem('method_not_allowed', { detail: 'The board does not allow this.' });
    // The audit entry is written first: no change without an entry.
    const entry = auditEntry(authorOf(c), clock.now(), { action: 'jobs.change', target: path.slice(12) });
    await bulkhead.run(() => appendAudit(sql, entry));
    await next();
  };
  app.use(`${JOB_BOARD}/*`, strictHeaders, unstored, checkKey, checkChange);
  app.get(`${JOB_BOARD}/`, (c) => c.redirect(JOB_BOARD));
  // The board's own application knows no variables; it reads none of ours.
  app.route(JOB_BOARD, boardOf(queues) as unknown as Hono<AdminEnv>);
  return app;
}

function boardOf(queues: Queues) {
  const adapter = new HonoAdapter(serveStatic).setBasePath(JOB_BOARD);
  createBullBoard({
    queues: QUEUES.map((name) => new BullMQAdapter(queues[name])),
    // The adapter has its own copy of the same interface, so the types do not match.
    serverAdapter: adapter as unknown as IServerAdapter,
    options: { uiConfig: { boardTitle: 'ShopFast jobs' } },
  });
  return adapter.registerPlugin();
}

/** Its page uses style attributes. It loads nothing external, not even fonts. */
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
