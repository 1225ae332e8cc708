import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { connectDb, type Sql } from './client.ts';
import { isUnavailable, sqlState } from './postgres-error.ts';

describe('a connection pool', () => {
  const log = createLog('test', 'silent');
  let lifecycle = createLifecycle();
  let sql: Sql;
  beforeEach(() => {
    lifecycle = createLifecycle();
    sql = connectDb(inject('databaseUrl'), { name: 'pool-test', max: 3, lifecycle, log }).sql;
  });
  afterEach(() => lifecycle.close());

  test('never opens more connections than allowed, and queues no statement behind another', async () => {
    const pids = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid from pg_sleep(0.05)`;
        return row!.pid;
      }),
    );
    expect(new Set(pids).size).toBe(3);
    // Ended by the test, just within the time limit of a statement.
    const slow = sql`select pg_sleep(4)`.execute();
    const quick = await Promise.race([
      slow.then(
        () => 'slow',
        () => 'slow',
      ),
      Promise.all(Array.from({ length: 10 }, () => sql`select ${1}::int`)).then(() => 'quick'),
    ]);
    expect(quick).toBe('quick');
    slow.cancel();
    await expect(slow).rejects.toThrow('canceling statement');
  });

  test('gives every connection its name and time limits', async () => {
    const [row] = await sql`
      select current_setting('application_name') as name, current_setting('statement_timeout') as statement,
        current_setting('lock_timeout') as lock`;
    expect(row).toEqual({ name: 'pool-test', statement: '5s', lock: '2s' });
  });

  test('reads bigint as a number and an instant as a Date', async () => {
    const [row] = await sql`select 9007199254740991::bigint as big, ${new Date(0)}::timestamptz as at`;
    expect(row).toEqual({ big: Number.MAX_SAFE_INTEGER, at: new Date(0) });
  });

  test('reports that the database is unavailable, and works again when it is restored', async () => {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const running = sql`select pg_sleep(4)`.catch((error: unknown) => error);
    const others = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = 'pool-test' and pid <> pg_backend_pid()`;
    const admin = connectDb(inject('databaseUrl'), { name: 'admin', max: 1, lifecycle, log }).sql;
    for (const { pid } of [row!, ...others]) await admin`select pg_terminate_backend(${pid})`;
    expect(isUnavailable(await running)).toBe(true);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('leaves a server that only reads: what was sent is refused once, then all connections are new', async () => {
    const all = await Promise.all([1, 2, 3].map(() => sql.reserve()));
    for (const one of all) await one`set default_transaction_read_only = on`;
    for (const one of all) one.release();
    const write = () => sql`create table if not exists written_after_failover ()`;
    const refused = await write().catch((error: unknown) => error);
    expect([sqlState(refused), isUnavailable(refused)]).toEqual(['25006', true]);
    await Promise.all(Array.from({ length: 9 }, write));
    await sql`drop table written_after_failover`;
  });

  test('also leaves it when a library built the statement', async () => {
    const [one] = [await sql.reserve()];
    await one`set default_transaction_read_only = on`;
    one.release();
    const write = () => sql.unsafe('create table if not exists written_by_a_library ()');
    // Another connection of the pool may be used first.
    await expect.poll(() => write().then(() => 'written', sqlState)).toBe('written');
    expect(await sql`show default_transaction_read_only`).toEqual([{ default_transaction_read_only: 'off' }]);
    await sql`drop table written_by_a_library`;
  });

  test('fails at once when nothing listens on the port', async () => {
    const nowhere = connectDb('postgres://u:p@127.0.0.1:1/x', { name: 'x', lifecycle, log }).sql;
    const error = await nowhere`select 1`.catch((failure: unknown) => failure);
    expect(isUnavailable(error)).toBe(true);
  });
});
