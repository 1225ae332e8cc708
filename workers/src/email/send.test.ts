import { randomUUID } from 'node:crypto';
import { seed } from '@shopfast/db/seed';
import { expect, test, vi } from 'vitest';
import { SOON } from '../testing/urls.ts';
import { openMailShop } from './mail-shop.fixture.ts';
import { smtpMailer } from './mailer.ts';
import { sendMail } from './send.ts';

const it = openMailShop();

const attemptsOf = async (order: string) => {
  const [row] = await it.shop.sql<{ attempts: number }[]>`
    select attempts from emails where order_id = ${order} and template = 'order_paid'`;
  return row?.attempts ?? 0;
};

test('a mail goes out once, however often its job runs', async () => {
  const order = await it.shop.placeOrder();
  for (const _ of [1, 2, 3])
    await sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps);
  expect(it.shop.inbox.mailsTo(`${order}@example.com`)).toHaveLength(1);
});

test('a mail that had to be sent again carries the same Message-ID', async () => {
  const order = await it.shop.placeOrder();
  const send = () =>
    sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps);
  await send();
  await it.shop.sql`update emails set state = 'sending' where order_id = ${order}`;
  await send();
  const ids = it.shop.inbox.mailsTo(`${order}@example.com`).map((mail) => mail.message_id);
  expect(ids).toEqual([`<order_paid.${order}@shop.example>`, `<order_paid.${order}@shop.example>`]);
});

test('a mail server that takes a mail and never says so gets it again, and both are known as one', async () => {
  it.shop.inbox.misbehave({ lose_answer_rate: 1 });
  const workers = it.shop.startWorkers();
  const order = await it.shop.placeOrder();
  await vi.waitFor(async () => expect(await attemptsOf(order)).toBeGreaterThan(1), SOON);
  it.shop.inbox.misbehave({});
  const sent = async () => {
    const rows = await it.shop.sql`select from emails where order_id = ${order} and state = 'sent'`;
    expect(rows).toHaveLength(2);
  };
  await vi.waitFor(sent, SOON);
  await workers.stop();
  const copies = it.shop.inbox.mailsTo(`${order}@example.com`).map((mail) => mail.message_id);
  expect(copies.length).toBeGreaterThan(2);
  expect([...new Set(copies)].sort()).toEqual([
    `<order_paid.${order}@shop.example>`,
    `<order_received.${order}@shop.example>`,
  ]);
});

test.each([
  ['a&b@example.com', 'a&b@example.com'],
  ['x=y@example.com', 'x=y@example.com'],
  ['josé@example.com', 'josé@example.com'],
  // The inbox shows the domain decoded, as readers see it.
  ['ann@xn--e1afmkfd.xn--p1ai', 'ann@пример.рф'],
])('a mail reaches %s', async (email, shown) => {
  const order = await it.shop.placeOrder({ email });
  await sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps);
  expect(it.shop.inbox.mailsTo(shown)).toHaveLength(1);
});

test('no more mails go out per period than the settings allow; the excess waits', async () => {
  const from = 'ShopFast <orders@shop.example>';
  const rate = { mails: 2, seconds: 1 };
  const slow = smtpMailer({
    url: it.shop.inbox.smtpUrl,
    from,
    connections: 2,
    rate,
    lifecycle: it.lifecycle,
  });
  const to = `${randomUUID()}@example.com`;
  const mail = { to, subject: 'Hello', text: 'Hello', html: '<p>Hello' };
  await Promise.all(
    [1, 2, 3, 4, 5, 6].map((n) => slow.send({ ...mail, messageId: `<rate.${n}@shop.example>` })),
  );
  const times = it.shop.inbox.mailsTo(to).map((received) => Date.parse(received.received_at));
  expect(times).toHaveLength(6);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(1_000);
});

test('an order of several products names them all', async () => {
  const cap = { productId: 'cap', name: 'Cap', price: 500, currency: 'EUR', units: 5 };
  await seed(it.shop.sql, { ...cap, room: it.shop.room, perCustomerLimit: 1 });
  const order = await it.shop.placeOrder({ also: 'cap' });
  await sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps);
  expect(it.shop.inbox.mailsTo(`${order}@example.com`)[0]?.text).toMatch(/1 × Cap and 1 × Lamp/);
});

test.each([
  ['refuses every client', { refuse: true }],
  ['refuses every mail for the moment', { temporary_fail_rate: 1 }],
])('a mail server that %s loses no mail: it arrives later, once', async (_, faults) => {
  it.shop.inbox.misbehave(faults);
  const workers = it.shop.startWorkers();
  const order = await it.shop.placeOrder();
  await vi.waitFor(async () => expect(await attemptsOf(order)).toBeGreaterThan(1), SOON);
  expect(await it.shop.stateOf(order)).toBe('paid');
  expect(it.shop.inbox.mailsTo(`${order}@example.com`)).toEqual([]);

  it.shop.inbox.misbehave({});
  await vi.waitFor(() => expect(it.shop.inbox.mailsTo(`${order}@example.com`)).toHaveLength(2), SOON);
  await workers.stop();
  const subjects = it.shop.inbox.mailsTo(`${order}@example.com`).map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(2);
});

test('a mail comes in the language of its order', async () => {
  const order = await it.shop.placeOrder({ locale: 'ar' });
  await sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps);
  const [mail] = it.shop.inbox.mailsTo(`${order}@example.com`);
  expect(mail?.subject).toMatch(/^تم دفع ثمن طلبك: /);
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">');
});

test('an address is at most one recipient, with any characters', async () => {
  const order = await it.shop.placeOrder({ email: 'ann@example.com, victim@example.com' });
  await sendMail({ name: 'email.send', payload: { order_id: order, template: 'order_paid' } }, it.deps).catch(
    () => {},
  );
  expect(it.shop.inbox.mailsTo('victim@example.com')).toEqual([]);
});
