import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, installBasics } from '@shopfast/kit/http';
import type { Log } from '@shopfast/kit/log';
import type { TrustsSender } from '@shopfast/kit/request-id';
import { Hono } from 'hono';
import { withTimeout } from './with-timeout.ts';

const READY_WITHIN_MS = 2_000;

export type AppParts = {
  /** The dependencies that readiness checks; each check rejects when its dependency is unavailable. */
  checks: Record<string, () => Promise<unknown>>;
  isDraining?: () => boolean;
  /** Operators' calls; see admin/routes.ts. */
  admin: Hono<AdminEnv>;
  /** The queues for an operator's browser; see admin/job-board.ts. */
  board?: Hono<AdminEnv>;
  log: Log;
  /** Peers whose `X-Request-Id` is kept: the gateways. */
  isTrusted?: TrustsSender;
};

/** The HTTP application: liveness, readiness and operators' calls only. */
export function createApp({ checks, isDraining, admin, board, log, isTrusted }: AppParts): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const frequent = (path: string) => !path.startsWith('/v1/admin/');
  installBasics(app, { log, frequent, ...(isTrusted ? { isTrusted } : {}) });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining?.()) return c.json({ status: 'draining' }, 503, { 'Retry-After': '5' });
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await answers(check)] as const),
    );
    const failed = results.filter(([, ok]) => !ok).map(([name]) => name);
    if (failed.length > 0)
      throw new Problem('unavailable', { detail: `No answer from: ${failed.join(', ')}.` });
    return c.json({ status: 'ready' });
  });
  app.route('/', admin);
  if (board) app.route('/', board);
  return app;
}

function answers(check: () => Promise<unknown>): Promise<boolean> {
  return withTimeout(READY_WITHIN_MS, 'a check', check()).then(
    () => true,
    () => false,
  );
}
