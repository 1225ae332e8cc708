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
