import { randomUUID } from 'node:crypto';
import { seed } from '@shopfast/db/seed';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { smtpMailer } from './mailer.ts';
import { sendEmail } from './send.ts';

let shop: TestShop;
const lifecycle = createLifecycle();
let deps: Parameters<typeof sendEmail>[1];
beforeAll(async () => {
  shop = await openTestShop(servers());
  const from = 'ShopFast <orders@shop.example>';
  const mailer = smtpMailer({ url: shop.inbox.smtpUrl, from, connections: 2, lifecycle });
  deps = { ...shop.deps, mailer, mailDomain: 'shop.example' };
});
afterEach(() => shop.inbox.misbehave({}));
afterAll(async () => {
  await lifecycle.close();
  await shop?.close();
});

const attemptsOf = async (order: string) => {
  const [row] = await shop.sql<{ attempts: number }[]>`
    select attempts from emails where order_id = ${order} and template = 'order_paid'`;
  return row?.attempts ?? 0;
};

test('a mail goes out once, however often its job runs', async () => {
  const order = await shop.placeOrder();
  for (const _ of [1, 2, 3]) await sendEmail({ order_id: order, template: 'order_paid' }, deps);
  expect(shop.inbox.mailsTo(`${order}@example.com`)).toHaveLength(1);
});

test('a mail that had to be sent again carries the same Message-ID', async () => {
  const order = await shop.placeOrder();
  const send = () => sendEmail({ order_id: order, template: 'order_paid' }, deps);
  await send();
  await shop.sql`update emails set state = 'sending' where order_id = ${order}`;
  await send();
  const ids = shop.inbox.mailsTo(`${order}@example.com`).map((mail) => mail.message_id);
  expect(ids).toEqual([`<order_paid.${order}@shop.example>`, `<order_paid.${order}@shop.example>`]);
});

test('a mail server that takes a mail and never says so gets it again, and both are known as one', async () => {
  shop.inbox.misbehave({ lose_answer_rate: 1 });
  const workers = shop.startWorkers();
  const order = await shop.placeOrder();
  await vi.waitFor(async () => expect(await attemptsOf(order)).toBeGreaterThan(1), SOON);
  shop.inbox.misbehave({});
  const sent = async () => {
    const rows = await shop.sql`select from emails where order_id = ${order} and state = 'sent'`;
    expect(rows).toHaveLength(2);
  };
  await vi.waitFor(sent, SOON);
  await workers.stop();
  const copies = shop.inbox.mailsTo(`${order}@example.com`).map((mail) => mail.message_id);
  expect(copies.length).toBeGreaterThan(2);
  expect([...new Set(copies)].sort()).toEqual([
    `<order_paid.${order}@shop.example>`,
    `<order_received.${order}@shop.example>`,
  ]);
});

test('no more mails go out in a time than the settings allow; what is over waits', async () => {
  const from = 'ShopFast <orders@shop.example>';
  const rate = { mails: 2, seconds: 1 };
  const slow = smtpMailer({ url: shop.inbox.smtpUrl, from, connections: 2, rate, lifecycle });
  const to = `${randomUUID()}@example.com`;
  const mail = { to, subject: 'Hello', text: 'Hello', html: '<p>Hello' };
  await Promise.all(
    [1, 2, 3, 4, 5, 6].map((n) => slow.send({ ...mail, messageId: `<rate.${n}@shop.example>` })),
  );
  const times = shop.inbox.mailsTo(to).map((received) => Date.parse(received.received_at));
  expect(times).toHaveLength(6);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(1_000);
});

test('an order of several products names them all', async () => {
  const cap = { productId: 'cap', name: 'Cap', price: 500, currency: 'EUR', units: 5 };
  await seed(shop.sql, { ...cap, room: shop.room, perCustomerLimit: 1 });
  const order = await shop.placeOrder({ also: 'cap' });
  await sendEmail({ order_id: order, template: 'order_paid' }, deps);
  expect(shop.inbox.mailsTo(`${order}@example.com`)[0]?.text).toMatch(/1 × Cap and 1 × Lamp/);
});

test.each([
  ['refuses every client', { refuse: true }],
  ['refuses every mail for the moment', { temporary_fail_rate: 1 }],
])('a mail server that %s loses no mail: it comes later, once', async (_, faults) => {
  shop.inbox.misbehave(faults);
  const workers = shop.startWorkers();
  const order = await shop.placeOrder();
  await vi.waitFor(async () => expect(await attemptsOf(order)).toBeGreaterThan(1), SOON);
  expect(await shop.stateOf(order)).toBe('paid');
  expect(shop.inbox.mailsTo(`${order}@example.com`)).toEqual([]);

  shop.inbox.misbehave({});
  await vi.waitFor(() => expect(shop.inbox.mailsTo(`${order}@example.com`)).toHaveLength(2), SOON);
  await workers.stop();
  const subjects = shop.inbox.mailsTo(`${order}@example.com`).map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(2);
});

test('a mail comes in the language of its order', async () => {
  const order = await shop.placeOrder({ locale: 'ar' });
  await sendEmail({ order_id: order, template: 'order_paid' }, deps);
  const [mail] = shop.inbox.mailsTo(`${order}@example.com`);
  expect(mail?.subject).toMatch(/^تم دفع ثمن طلبك: /);
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">');
});

test('an address is one recipient at most, whatever it contains', async () => {
  const order = await shop.placeOrder({ email: 'ann@example.com, victim@example.com' });
  await sendEmail({ order_id: order, template: 'order_paid' }, deps).catch(() => {});
  expect(shop.inbox.mailsTo('victim@example.com')).toEqual([]);
});
