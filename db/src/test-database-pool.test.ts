import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { seed } from './seed.ts';
import { createTestDatabase } from './testing.ts';

const SHOES = { room: 'sale', productId: 'sneaker', name: 'Sneaker', price: 100, currency: 'eur', units: 9 };

/**
 * Uses databases one after the other; each is changed and returned to the pool. Collects what each one shows at first.
 */
async function useInTurn<T>(times: number, use: (sql: postgres.Sql) => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  for (let time = 0; time < times; time += 1) {
    const database = await createTestDatabase(inject('databaseUrl'));
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    seen.push(await use(sql));
    await sql.end();
    await database.drop();
  }
  return seen;
}

test('a returned database is like new for the next test: no rows, and sequences restart', async () => {
  const seen = await useInTurn(3, async (sql) => {
    const rows = await sql`select 1 from products union all select 1 from outbox`;
    await seed(sql as never, { ...SHOES, perCustomerLimit: 1 });
    const [first] = await sql`
      insert into outbox (queue, name, payload) values ('email', 'email.send', '{}') returning id::int`;
    return { rows: rows.length, first: first?.id };
  });
  expect(seen).toEqual(Array(3).fill({ rows: 0, first: 1 }));
});

test.each([
  'alter table orders add column gift_note text',
  'alter table inventory drop constraint inventory_conserved',
  'alter table turn_mails disable trigger turn_mails_job',
  'grant select on orders to public',
])('a database changed by "%s" is not used again', async (change) => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const sql = postgres(database.url, { max: 1 });
  const [named] = await sql`select oid::int from pg_database where datname = current_database()`;
  await sql.unsafe(change);
  await sql.end();
  await database.drop();
  const admin = postgres(inject('databaseUrl'), { max: 1 });
  expect(await admin`select 1 from pg_database where oid = ${named?.oid}`).toEqual([]);
  await admin.end();
});

test('a client of a returned database is disconnected, and cannot reconnect', async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const late = postgres(database.url, { max: 1, onclose: () => {} });
  await late`select 1`;
  await database.drop();
  await expect(late`select 1`.then(() => late`select 1`)).rejects.toThrow();
  await late.end({ timeout: 1 });
});
