import { randomUUID } from 'node:crypto';
import { queueAccountMail } from '@shopfast/db/accounts/queue-mail';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { smtpMailer } from './mailer.ts';
import { sendAccountEmail } from './send-account.ts';

const SECRET = 'e30.eyJzZWNyZXQiOjF9.signature-of-the-link';

let shop: TestShop;
const lifecycle = createLifecycle();
let deps: Parameters<typeof sendAccountEmail>[1];
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

async function wanted(mail: Partial<Parameters<typeof queueAccountMail>[1]> = {}) {
  const userId = randomUUID();
  const address = `${userId}@example.com`;
  await shop.sql`insert into users (id, email, name) values (${userId}, ${address}, 'Ann')`;
  const id = randomUUID();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 60_000);
  await queueAccountMail(shop.sql, {
    ...{ id, userId, address, template: 'verify_email', secret: SECRET, locale: null, expiresAt, now },
    ...mail,
  });
  return { id, userId, address };
}

test('a mail goes out once, however often its job runs, and its secret is gone with it', async () => {
  const { id, address } = await wanted();
  for (const _ of [1, 2, 3]) await sendAccountEmail({ mail_id: id }, deps);
  const [mail, ...copies] = shop.inbox.mailsTo(address);
  expect(copies).toEqual([]);
  expect(mail?.text).toContain(`http://localhost:3000/shop/account/verify#token=acc_${SECRET}`);
  const [row] =
    await shop.sql`select secret, sent_at is not null as sent from account_mails where id = ${id}`;
  expect(row).toEqual({ secret: null, sent: true });
});

test('a mail comes in the language of whoever asked for it', async () => {
  const { id, address } = await wanted({ locale: 'ar' });
  await sendAccountEmail({ mail_id: id }, deps);
  const [mail] = shop.inbox.mailsTo(address);
  expect(mail?.subject).toBe('يرجى تأكيد عنوان بريدك الإلكتروني');
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">');
});

test('a mail whose link has run out, or whose account is gone, is not sent', async () => {
  const late = await wanted({ expiresAt: new Date(Date.now() - 1) });
  const erased = await wanted();
  await shop.sql`delete from users where id = ${erased.userId}`;
  for (const { id, address } of [late, erased]) {
    await sendAccountEmail({ mail_id: id }, deps);
    expect(shop.inbox.mailsTo(address)).toEqual([]);
  }
});

test('a mail server that is away loses none, and the secret is neither in the job nor in a log', async () => {
  shop.inbox.misbehave({ refuse: true });
  const workers = shop.startWorkers();
  const { id, address } = await wanted();
  const attempts = async () => {
    const [row] = await shop.sql<{ attempts: number }[]>`select attempts from account_mails where id = ${id}`;
    return row!.attempts;
  };
  await vi.waitFor(async () => expect(await attempts()).toBeGreaterThan(1), SOON);
  shop.inbox.misbehave({});
  await vi.waitFor(() => expect(shop.inbox.mailsTo(address)).toHaveLength(1), SOON);
  await workers.stop();
  const jobs = await shop.sql`select payload::text from outbox where name = 'email.account'`;
  expect(JSON.stringify(jobs)).not.toContain('signature-of-the-link');
  expect(shop.hasLogged('email.account')).toBe(true);
  expect(shop.hasLogged('signature-of-the-link')).toBe(false);
});
