import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDb, type Sql } from '@shopfast/db/client';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { startStores } from '@shopfast/sandbox/stores/start';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PASSWORD = 'the-same-on-both';
const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);

type Server = Awaited<ReturnType<typeof startServer>>;

async function startServer() {
  const stores = await startStores({ parts: ['postgres'], given: {} });
  lifecycle.onClose('postgres', () => stores.stop());
  const url = new URL(stores.urls.databaseUrl);
  const own = connectDb(url.href, { name: 'own', max: 1, lifecycle, log }).sql;
  await own.unsafe(`alter user shopfast password '${PASSWORD}'`);
  url.password = PASSWORD;
  return {
    url,
    /** Restarts it as a standby, which answers reads and refuses writes. */
    demote: async () => {
      await writeFile(join(stores.folder as string, 'postgres', 'standby.signal'), '');
      await stores.restart('postgres');
    },
  };
}

let one: Server;
let other: Server;
beforeAll(async () => {
  [one, other] = await Promise.all([startServer(), startServer()]);
  await other.demote();
}, 120_000);
afterAll(() => lifecycle.close());

const bothHosts = () => `postgres://shopfast:${PASSWORD}@${other.url.host},${one.url.host}/shopfast`;
const isInRecovery = async (sql: Sql) =>
  (await sql<{ standby: boolean }[]>`select pg_is_in_recovery() as standby`)[0]?.standby;

test('of two hosts the primary is used, also after they have changed places', async () => {
  const { sql } = connectDb(bothHosts(), { name: 'two hosts', max: 4, lifecycle, log });
  const all = await Promise.all(Array.from({ length: 40 }, () => isInRecovery(sql)));
  expect(new Set(all)).toEqual(new Set([false]));

  await one.demote();
  const admin = connectDb(other.url.href, {
    name: 'admin',
    max: 1,
    pooler: 'transaction',
    lifecycle,
    log,
  }).sql;
  await admin`select pg_promote()`;
  const write = () => sql`create table if not exists written ()`;
  await expect.poll(() => write().then(() => 'written', isUnavailable), { timeout: 20_000 }).toBe('written');
  await Promise.all(Array.from({ length: 40 }, write));
  const rows = await admin`select from pg_tables where tablename = 'written'`;
  expect(rows).toHaveLength(1);
});

test('a statement does not wait for ever when no host is a primary', async () => {
  const nowhere = 'postgres://shopfast:x@127.0.0.1:1,127.0.0.1:2/shopfast';
  const { sql } = connectDb(nowhere, { name: 'nowhere', max: 1, lifecycle, log });
  expect(isUnavailable(await sql`select 1`.catch((error: unknown) => error))).toBe(true);
});
