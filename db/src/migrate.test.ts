import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';
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

test('every index that is no primary key names the query that it serves', async () => {
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
