import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { MIGRATIONS_FOLDER, migrate } from './migrate.ts';
import { openSale } from './sale.fixture.ts';
import { createTestDatabase } from './testing.ts';

test('migrations run once when several processes start at the same time', async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    await sql`drop schema public cascade`;
    await sql`drop schema drizzle cascade`;
    await sql`create schema public`;
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    const [row] = await sql`select count(*)::int as applied, count(distinct hash)::int as known
      from drizzle.__drizzle_migrations`;
    expect(row?.applied).toBe(row?.known);
    expect(await sql`select * from orders`).toEqual([]);
  } finally {
    await sql.end();
    await database.drop();
  }
});

test('every index except primary keys names its query in a comment', async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const sql = postgres(database.url, { max: 1 });
  try {
    const unexplained = await sql`
      select c.relname from pg_index x join pg_class c on c.oid = x.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and not x.indisprimary and obj_description(c.oid, 'pg_class') is null`;
    expect(unexplained).toEqual([]);
  } finally {
    await sql.end();
    await database.drop();
  }
});

/** All migrations, and one more that needs an exclusive lock on the orders for a moment, as adding a column does. */
async function withOneMore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-migrations-'));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  const journalFile = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(journalFile, 'utf8'));
  const when = Date.now() + 365 * 86_400_000;
  journal.entries.push({
    idx: journal.entries.length,
    version: '7',
    when,
    tag: '9999_gift',
    breakpoints: true,
  });
  await writeFile(journalFile, JSON.stringify(journal));
  await writeFile(join(folder, '9999_gift.sql'), 'alter table orders add column gift_note text;');
  return folder;
}

test('a migration that must wait for a table lets people continue to buy, and is done once the table is free', async () => {
  const sale = await openSale({ units: 1_000 });
  const folder = await withOneMore();
  const report = postgres(sale.url, { max: 1 });
  try {
    // A long transaction reads the orders: until it ends, the migration cannot lock the table.
    await report`begin`;
    await report`select count(*) from orders`;
    let isDone = false;
    const migrated = migrate(sale.url, folder).then(() => {
      isDone = true;
    });
    const waits = async () => {
      const [row] = await sale.sql<{ waits: boolean }[]>`
        select exists (select from pg_locks where not granted and relation = 'orders'::regclass) as waits`;
      return row?.waits === true;
    };
    await expect.poll(waits, { timeout: 20_000, interval: 5 }).toBe(true);
    // Some of these wait behind the migration, others come after it. All of them must succeed.
    const bought = await Promise.all(Array.from({ length: 20 }, () => sale.buy()));
    expect(bought.map(({ outcome }) => outcome)).toEqual(Array(20).fill('placed'));
    expect(isDone).toBe(false);

    await report`commit`;
    await migrated;
    expect(await sale.sql`select gift_note from orders limit 1`).toEqual([{ gift_note: null }]);
    expect((await sale.buy()).outcome).toBe('placed');
  } finally {
    await report.end();
    await sale.close();
    await rm(folder, { recursive: true, force: true });
  }
});
