import { connectDb } from '@shopfast/db/client';
import { createTestDatabase, openServiceRoles } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { expect, inject, test } from 'vitest';
import { countStatements } from './statements.ts';

test('each statement of the work counts, and the driver’s query on a new connection does not', async () => {
  const lifecycle = createLifecycle();
  const log = createLog('statements', 'silent');
  try {
    const database = await createTestDatabase(inject('databaseUrl'));
    lifecycle.onClose('database', database.drop);
    const asAdmin = connectDb(database.url, { name: 'counts', max: 1, lifecycle, log }).sql;
    await asAdmin`create extension if not exists pg_stat_statements`;
    const urlOf = await openServiceRoles(database.url);
    const { sql } = connectDb(urlOf('checkout'), { name: 'checkout', max: 4, lifecycle, log });

    // A query that repeats while nobody buys, on the one connection that is open so far.
    const refresh = () => sql`select count(*) from products`;
    await refresh();
    const timer = setInterval(() => void refresh().catch(() => {}), 50);
    lifecycle.onClose('refresh', () => clearInterval(timer));

    const { calls, result } = await countStatements(asAdmin, AbortSignal.timeout(30_000), () =>
      // In parallel, so that the pool must open connections for them.
      Promise.all([1, 2, 3].map(() => sql`select pg_backend_pid() as pid from pg_sleep(1)`)),
    );
    expect(new Set(result.map(([row]) => row?.pid)).size).toBe(3);
    expect(calls).toBe(3);
  } finally {
    await lifecycle.close();
  }
});
