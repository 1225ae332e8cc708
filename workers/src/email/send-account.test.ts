import { randomUUID } from 'node:crypto';
import { queueAccountMail } from '@shopfast/db/mails';
import { expect, test, vi } from 'vitest';
import { SOON } from '../testing/urls.ts';
import { openMailShop } from './mail-shop.fixture.ts';
import { sendMail } from './send.ts';

const SECRET = 'e30.eyJzZWNyZXQiOjF9.signature-of-the-link';

const it = openMailShop();

async function wanted(mail: Partial<Parameters<typeof queueAccountMail>[1]> = {}) {
  const userId = randomUUID();
  const address = `${userId}@example.com`;
  await it.shop.sql`insert into users (id, email, name) values (${userId}, ${address}, 'Ann')`;
  const id = randomUUID();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 60_000);
  await queueAccountMail(it.shop.sql, {
    ...{ id, userId, address, template: 'verify_email', secret: SECRET, locale: null, expiresAt, now },
    ...mail,
  });
  return { id, userId, address };
}

test('a mail goes out once, however often its job runs, and its secret is gone with it', async () => {
  const { id, address } = await wanted();
  for (const _ of [1, 2, 3]) await sendMail({ name: 'email.account', payload: { mail_id: id } }, it.deps);
  const [mail, ...copies] = it.shop.inbox.mailsTo(address);
  expect(copies).toEqual([]);
  expect(mail?.text).toContain(`http://localhost:3000/shop/account/verify#token=acc_${SECRET}`);
  const [row] = await it.shop
    .sql`select secret, sent_at is not null as sent from account_mails where id = ${id}`;
  expect(row).toEqual({ secret: null, sent: true });
});

test('a mail is in the language of the request', async () => {
  const { id, address } = await wanted({ locale: 'ar' });
  await sendMail({ name: 'email.account', payload: { mail_id: id } }, it.deps);
  const [mail] = it.shop.inbox.mailsTo(address);
  expect(mail?.subject).toBe('يرجى تأكيد عنوان بريدك الإلكتروني');
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">');
});

test('a mail whose link has expired, or whose account is gone, is not sent', async () => {
  const late = await wanted({ expiresAt: new Date(Date.now() - 1) });
  const erased = await wanted();
  await it.shop.sql`delete from users where id = ${erased.userId}`;
  for (const { id, address } of [late, erased]) {
    await sendMail({ name: 'email.account', payload: { mail_id: id } }, it.deps);
    expect(it.shop.inbox.mailsTo(address)).toEqual([]);
  }
});

test('no mail is lost while the mail server is unavailable, and the secret is neither in the job nor in a log', async () => {
  it.shop.inbox.misbehave({ refuse: true });
  const workers = it.shop.startWorkers();
  const { id, address } = await wanted();
  const attempts = async () => {
    const [row] = await it.shop.sql<
      { attempts: number }[]
    >`select attempts from account_mails where id = ${id}`;
    return row!.attempts;
  };
  await vi.waitFor(async () => expect(await attempts()).toBeGreaterThan(1), SOON);
  it.shop.inbox.misbehave({});
  await vi.waitFor(() => expect(it.shop.inbox.mailsTo(address)).toHaveLength(1), SOON);
  await workers.stop();
  const jobs = await it.shop.sql`select payload::text from outbox where name = 'email.account'`;
  expect(JSON.stringify(jobs)).not.toContain('signature-of-the-link');
  expect(it.shop.hasLogged('email.account')).toBe(true);
  expect(it.shop.hasLogged('signature-of-the-link')).toBe(false);
});
