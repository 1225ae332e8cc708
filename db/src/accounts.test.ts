import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adoptGuestOrders, disownGuestOrders, listGuestOrders } from './account-orders.ts';
import { cleanUpAccounts, markEmailVerified } from './accounts.ts';
import { openSale, type Sale } from './sale.fixture.ts';

let sale: Sale;
beforeEach(async () => {
  sale = await openSale({ perCustomerLimit: 3 });
});
afterEach(() => sale.close());

async function addUser(email: string, createdAt = new Date()): Promise<string> {
  const id = randomUUID();
  await sale.sql`insert into users (id, email, name, created_at) values (${id}, ${email}, 'Ann', ${createdAt})`;
  return id;
}

test('guest orders are offered and adopted one by one, only for a verified address', async () => {
  const [order, other] = [
    await sale.place({ email: 'Ann@example.com' }),
    await sale.place({ email: 'ann@example.com' }),
  ];
  const strangers = await sale.place({ email: 'bob@example.com' });
  const ann = await addUser('ann@example.com');
  const asked = async (userId = ann) =>
    (await listGuestOrders(sale.sql, { userId, limit: 9 })).map(({ id }) => id).sort();
  const adopt = (orderIds: string[], userId = ann) => adoptGuestOrders(sale.sql, { userId, orderIds });
  expect(await asked()).toEqual([]);
  expect(await adopt([order.id])).toBe(0);
  await markEmailVerified(sale.sql, { userId: ann, now: new Date() });
  expect(await asked()).toEqual([order.id, other.id].sort());
  expect(await disownGuestOrders(sale.sql, { userId: ann, orderIds: [other.id, strangers.id] })).toBe(1);
  expect(await asked()).toEqual([order.id]);
  expect(await adopt([order.id, strangers.id])).toBe(1);
  expect(await adopt([order.id])).toBe(0);
  expect(await asked()).toEqual([]);

  await sale.sql`update users set email = 'ann.was@example.com' where id = ${ann}`;
  const heir = await addUser('ann@example.com');
  await markEmailVerified(sale.sql, { userId: heir, now: new Date() });
  expect(await asked(heir)).toEqual([other.id]);
  expect(await adopt([order.id], heir)).toBe(0);
  expect(await sale.sql`select user_id from orders where id = ${order.id}`).toEqual([{ user_id: ann }]);
});

test('an order of an account that was deleted meanwhile becomes a guest order and does not fail', async () => {
  const order = await sale.place({ userId: randomUUID() });
  expect(order.user_id).toBeNull();
});

test('only expired rows are deleted, in bounded steps', async () => {
  const now = new Date();
  const [past, future] = [-1, 1].map((days) => new Date(now.getTime() + days * 86_400_000)) as [Date, Date];
  const kept = await addUser('kept@example.com', past);
  await markEmailVerified(sale.sql, { userId: kept, now });
  for (const end of [past, past, future])
    await sale.sql`
      insert into sessions (id, user_id, token, expires_at)
      values (${randomUUID()}, ${kept}, ${randomUUID()}, ${end})`;
  await addUser('old@example.com', past);
  await addUser('new@example.com', future);
  const clean = () => cleanUpAccounts(sale.sql, { now, unverifiedBefore: now, limit: 1 });
  await clean();
  expect(await sale.count('sessions')).toBe(2);
  await clean();
  await clean();
  expect(await sale.count('sessions')).toBe(1);
  const left = await sale.sql`select email from users order by email`;
  expect(left.map((row) => row.email)).toEqual(['kept@example.com', 'new@example.com']);
});
