import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { HOLD_SECONDS, openSale, type Sale } from '../sale.fixture.ts';
import { cancelOrder } from './cancel.ts';
import { expireHold } from './expire-hold.ts';
import { findOrder } from './find.ts';
import { markPaid } from './mark-paid.ts';
import { markRefunded } from './mark-refunded.ts';

const email = 'ann@example.com';
let sale: Sale;
let ann: string;
beforeEach(async () => {
  sale = await openSale({ units: 20, perCustomerLimit: 2 });
  ann = randomUUID();
  await sale.sql`insert into users (id, email, name, email_verified) values (${ann}, ${email}, 'Ann', true)`;
});
afterEach(async () => {
  expect(await findViolations(sale.sql)).toEqual([]);
  await sale.close();
});

const now = () => new Date(sale.clock.now());
const pay = (orderId: string) => markPaid(sale.sql, { orderId, providerId: `pi_${orderId}`, now: now() });
const asGuest = (quantity = 1) => sale.buy({ email, quantity });
const asOwner = (quantity = 1) => sale.buy({ email, quantity, userId: ann });
const count = async () => {
  const [row] = await sale.sql<{ units: number; claimed_units: number }[]>`
    select units, claimed_units from purchase_counts where product_id = 'sneaker' and customer_key = ${email}`;
  return [row?.units, row?.claimed_units];
};

test('unpaid orders of a stranger do not block the owner of the address', async () => {
  const strange = await sale.place({ email, quantity: 2 });
  expect((await asGuest()).outcome).toBe('purchase_limit');
  expect((await asOwner(2)).outcome).toBe('placed');
  expect((await asOwner()).outcome).toBe('purchase_limit');
  expect(await count()).toEqual([2, 2]);
  await cancelOrder(sale.sql, { orderId: strange.id, now: now() });
  expect(await count()).toEqual([2, 0]);
  expect((await asGuest()).outcome).toBe('purchase_limit');
});

test('a user with another address, or an unverified one, has no priority', async () => {
  await sale.place({ email, quantity: 2 });
  const bob = randomUUID();
  await sale.sql`insert into users (id, email, name, email_verified) values (${bob}, 'bob@example.com', 'Bob', true)`;
  expect((await sale.buy({ email, userId: bob })).outcome).toBe('purchase_limit');
  await sale.sql`update users set email_verified = false where id = ${ann}`;
  expect((await asOwner()).outcome).toBe('purchase_limit');
});

test('paid units count against everybody', async () => {
  const order = await sale.place({ email, quantity: 2 });
  expect(await count()).toEqual([0, 2]);
  expect(await pay(order.id)).toBe('paid');
  expect(await count()).toEqual([2, 0]);
  expect((await asOwner()).outcome).toBe('purchase_limit');
  await markRefunded(sale.sql, { orderId: order.id, now: now() });
  expect(await count()).toEqual([0, 0]);
});

test('the owner’s own unpaid orders count, and are released when they end', async () => {
  const order = await sale.place({ email, quantity: 2, userId: ann });
  expect(await count()).toEqual([2, 0]);
  expect(await pay(order.id)).toBe('paid');
  expect(await count()).toEqual([2, 0]);
});

test.each([1, 2])('money beyond the limit is refunded, for an order with %i products', async (products) => {
  await sale.offer({ productId: 'cap', price: 500, units: 9, perCustomerLimit: 9 });
  const strange = await sale.place({
    email,
    items: [
      { productId: 'sneaker', quantity: 1, quotedPrice: null },
      ...(products === 2 ? [{ productId: 'cap', quantity: 1, quotedPrice: null }] : []),
    ] as [{ productId: string; quantity: number; quotedPrice: null }],
  });
  expect((await asOwner(2)).outcome).toBe('placed');
  expect((await Promise.all([pay(strange.id), pay(strange.id)])).sort()).toEqual([
    'refund_already_due',
    'refund_due',
  ]);
  expect(await findOrder(sale.sql, strange.id)).toMatchObject({
    ...{ state: 'payment_failed', payment_state: 'refund_pending', late_payment: 'refunded' },
  });
  expect((await sale.jobs(strange.id)).filter((job) => job === 'payment.refund')).toHaveLength(1);
  expect(await count()).toEqual([2, 0]);
  expect(await sale.units('cap')).toMatchObject({ held: 0, sold: 0 });
});

test('parallel guests and the owner never pay for more than the limit', async () => {
  const placed = await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 ? asOwner() : asGuest())));
  const orders = placed.flatMap((one) => (one.outcome === 'placed' ? [one.order.id] : []));
  expect(orders.length).toBeLessThanOrEqual(4);
  await Promise.all(orders.map(pay));
  const [row] = await sale.sql`select sum(quantity)::int as units from orders where state = 'paid'`;
  expect(row?.units).toBe(2);
});

test('an expired hold releases the claim, and late money buys only units that no other claim needs', async () => {
  const first = await sale.place({ email, quantity: 2 });
  sale.clock.advance(HOLD_SECONDS * 1_000);
  await expireHold(sale.sql, { orderId: first.id, now: now() });
  expect(await count()).toEqual([0, 0]);
  await sale.place({ email });
  expect(await pay(first.id)).toBe('refund_due');
  expect(await count()).toEqual([0, 1]);
});
