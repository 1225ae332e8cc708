import { randomUUID } from 'node:crypto';
import { type NewTurnReminder, queueTurnReminders } from '@shopfast/db/mails';
import { LOCALES } from '@shopfast/kit/i18n/locale';
import { expect, test, vi } from 'vitest';
import { SOON } from '../testing/urls.ts';
import { openMailShop } from './mail-shop.fixture.ts';
import { sendMail } from './send.ts';

const it = openMailShop();

const RESUME = 'http://localhost:3000/w/lamps#resume=tkt_lamps.1.2.secret-of-the-place';
const STOP = `http://localhost:3000/v1/rooms/lamps/reminder?stop=rem_1.2.${'m'.repeat(22)}.${'s'.repeat(22)}`;

async function wanted(mail: Partial<NewTurnReminder> = {}) {
  const id = randomUUID();
  const to = `${id}@example.com`;
  const now = new Date();
  await queueTurnReminders(it.shop.sql, [
    {
      ...{ cause: `lamps:1:${id}`, address: to, locale: null, room_name: 'Lamps <b>\r\nBcc: x@example.com' },
      ...{ resume_url: RESUME, stop_url: STOP, created_at: now },
      expires_at: new Date(now.getTime() + 60_000),
      ...mail,
    },
  ]);
  return { cause: `lamps:1:${id}`, to, messageId: `<turn_near.lamps.1.${id}@shop.example>` };
}

test('goes out once, for any number of runs and requests; then address and links are deleted', async () => {
  const { cause, to, messageId } = await wanted();
  for (const _ of [1, 2, 3]) await sendMail({ name: 'email.turn', payload: { cause } }, it.deps);
  const [mail, ...copies] = it.shop.inbox.mailsTo(to);
  expect(copies).toEqual([]);
  expect(mail?.message_id).toBe(messageId);
  expect(mail?.text).toContain(RESUME);
  expect(mail?.subject).toBe('Your turn is near: Lamps <b> Bcc: x@example.com');
  expect(mail?.html).not.toContain('<b>');
  const [row] = await it.shop.sql`select * from turn_mails where cause = ${cause}`;
  expect(row).toMatchObject({ address: null, resume_url: null, stop_url: null, attempts: 1 });
  expect(row?.sent_at).not.toBeNull();
});

test('lets mail programs stop such mails with one click (RFC 8058): both headers, the complete link', async () => {
  const { cause, to } = await wanted();
  await sendMail({ name: 'email.turn', payload: { cause } }, it.deps);
  const [mail] = it.shop.inbox.mailsTo(to);
  expect(mail?.headers['list-unsubscribe']).toBe(`<${STOP}>`);
  expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  expect(mail?.text).toContain(STOP);
});

test.each(LOCALES)('is complete in %s', async (locale) => {
  const { cause, to } = await wanted({ locale, room_name: 'Lampen' });
  await sendMail({ name: 'email.turn', payload: { cause } }, it.deps);
  const [mail] = it.shop.inbox.mailsTo(to);
  expect(mail?.subject).toContain('Lampen');
  expect(mail?.html).toContain(`<html lang="${locale}"`);
  for (const part of [mail?.subject, mail?.text, mail?.html]) expect(part).not.toMatch(/\{\w+\}|undefined/);
});

test('is not sent long after the turn', async () => {
  const { cause, to } = await wanted({ expires_at: new Date(Date.now() - 1) });
  await sendMail({ name: 'email.turn', payload: { cause } }, it.deps);
  expect(it.shop.inbox.mailsTo(to)).toEqual([]);
});

test('no mail is lost while the mail server is unavailable; the place is neither in the job nor in a log', async () => {
  it.shop.inbox.misbehave({ refuse: true });
  const workers = it.shop.startWorkers();
  const { cause, to } = await wanted();
  await vi.waitFor(async () => {
    const [row] = await it.shop.sql`select attempts from turn_mails where cause = ${cause}`;
    expect(row?.attempts).toBeGreaterThan(1);
  }, SOON);
  it.shop.inbox.misbehave({});
  await vi.waitFor(() => expect(it.shop.inbox.mailsTo(to)).toHaveLength(1), SOON);
  await workers.stop();
  const jobs = await it.shop.sql`select payload::text from outbox where name = 'email.turn'`;
  expect(JSON.stringify(jobs)).not.toContain('secret-of-the-place');
  expect(it.shop.hasLogged('secret-of-the-place')).toBe(false);
});

test('the mail about a second join with one address has its link, and no link to stop it', async () => {
  const { cause, to } = await wanted({
    kind: 'place_joined',
    resume_url: RESUME,
    stop_url: null,
    locale: 'de',
  });
  await sendMail({ name: 'email.turn', payload: { cause } }, it.deps);
  const [mail] = it.shop.inbox.mailsTo(to);
  expect(mail?.text).toContain(RESUME);
  expect(mail?.text).not.toContain(STOP);
  expect(mail?.subject).toContain('Lamps <b> Bcc: x@example.com');
});
