import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { distanceFor } from './distance.ts';
import { remindDue } from './remind-due.ts';
import { startReminders } from './start.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
const lifecycle = createLifecycle();
/** Two gateways of one installation. The tests run their rounds, so that after a round all that is due is written. */
let [it, other] = [] as unknown as [TestGateway, TestGateway];
beforeAll(async () => {
  const database = await createTestDatabase(urls().databaseUrl);
  lifecycle.onClose('database', database.drop);
  const shared = { readyDatabase: database.url, secret: 'secret of both gateways', rounds: false };
  it = await openTestGateway(urls(), shared);
  lifecycle.onClose('one gateway', () => it.close());
  other = await openTestGateway(urls(), shared);
  lifecycle.onClose('other gateway', () => other.close());
});
afterAll(() => lifecycle.close());

type Mail = { cause: string; address: string; locale: string | null; resume_url: string; stop_url: string };

/** A room that has called one ticket, and calls no other until that slot is free. */
async function roomWithFullSlots(settings: object = {}): Promise<string> {
  const room = await it.openRoom({ max_active: 1, ...settings });
  const first = await join(room);
  await vi.waitFor(async () => expect((await ask(room, first)).body.state).toBe('called'), {
    timeout: 20_000,
  });
  return room;
}
const tickets = (room: string) => `/v1/rooms/${room}/tickets`;
const join = async (room: string): Promise<string> => (await it.send('POST', tickets(room))).body.ticket;
const ask = (room: string, bearer: string) => it.send('GET', `${tickets(room)}/me`, { bearer });
const remind = (room: string, bearer: string, body: object) =>
  it.send('PUT', `${tickets(room)}/me/reminder`, { bearer, body });
const forget = (room: string, bearer: string) =>
  it.send('DELETE', `${tickets(room)}/me/reminder`, { bearer });
const address = () => `${randomUUID()}@example.com`;
const mailsOf = (room: string) =>
  it.gateway.sql<Mail[]>`select * from turn_mails where cause like ${`${room}:%`} order by cause`;
/** A complete round: what is not written then is not due. */
const runRound = (room: string, gateway = it.gateway) => remindDue(gateway, gateway.rooms.get(room));
const pathOf = (url: string) => url.replace('http://localhost:3000', '');

describe('a reminder', () => {
  test('of a ticket whose turn is near makes one mail with one job, although two gateways look repeatedly', async () => {
    const room = await roomWithFullSlots();
    await other.gateway.rooms.refresh();
    const ticket = await join(room);
    const to = address();
    const answer = await remind(room, ticket, { email: to, locale: 'de', ahead: 7 });
    expect([answer.status, answer.body]).toEqual([200, { state: 'set', ahead: 10 }]);
    await Promise.all([
      runRound(room, other.gateway),
      runRound(room),
      runRound(room, other.gateway),
      runRound(room),
    ]);
    await runRound(room);
    const [mail, ...more] = await mailsOf(room);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ address: to, locale: 'de' });
    expect(mail?.resume_url).toBe(`http://localhost:3000/w/${room}#resume=${ticket}`);
    const jobs = await it.gateway.sql`select payload from outbox where name = 'email.turn'`;
    expect(jobs.map(({ payload }) => payload)).toContainEqual({ cause: mail?.cause });
    expect(jobs.filter(({ payload }) => payload.cause === mail?.cause)).toHaveLength(1);
    expect((await remind(room, ticket, { email: address() })).body.state).toBe('sent');
    await runRound(room);
    expect(await mailsOf(room)).toHaveLength(1);
  });

  test('is due when at most its distance of live tickets is ahead', async () => {
    const room = await roomWithFullSlots();
    const before: string[] = [];
    for (let count = 0; count < 12; count += 1) before.push(await join(room));
    const ticket = await join(room);
    await remind(room, ticket, { email: address(), ahead: 10 });
    await runRound(room);
    expect(await mailsOf(room)).toEqual([]);
    for (const bearer of before.slice(0, 2)) await it.send('DELETE', `${tickets(room)}/me`, { bearer });
    await runRound(room);
    expect(await mailsOf(room)).toHaveLength(1);
  });

  test('replaces the earlier one: other address, other distance', async () => {
    const room = await roomWithFullSlots();
    for (let count = 0; count < 11; count += 1) await join(room);
    const ticket = await join(room);
    const right = address();
    await remind(room, ticket, { email: address(), ahead: 10 });
    const answer = await remind(room, ticket, { email: right, ahead: 11 });
    expect(answer.body).toEqual({ state: 'set', ahead: 25 });
    await runRound(room);
    expect((await mailsOf(room)).map((mail) => mail.address)).toEqual([right]);
  });

  test.each([
    ['is removed', (room: string, bearer: string) => forget(room, bearer)],
    [
      'loses its ticket, whose holder leaves',
      (room: string, bearer: string) => it.send('DELETE', `${tickets(room)}/me`, { bearer }),
    ],
    [
      'loses its ticket, which is revoked',
      (room: string) => it.admin('POST', `/rooms/${room}/revoke`, { number: 13 }),
    ],
  ])('that %s sends nothing', async (_, end) => {
    const room = await roomWithFullSlots();
    const before: string[] = [];
    for (let count = 0; count < 11; count += 1) before.push(await join(room));
    const ticket = await join(room);
    await remind(room, ticket, { email: address(), ahead: 10 });
    expect((await end(room, ticket)).status).toBeLessThan(300);
    for (const bearer of before.slice(0, 5)) await it.send('DELETE', `${tickets(room)}/me`, { bearer });
    await runRound(room);
    expect(await mailsOf(room)).toEqual([]);
    expect((await forget(room, ticket)).status).toBe(204);
  });

  test('of a lottery is set in the lobby, and follows the drawn number', async () => {
    const { body: made } = await it.admin('POST', '/rooms', {
      id: `l-${randomUUID().slice(0, 8)}`,
      ...{
        queueing_method: 'lottery',
        max_active: 1,
        lobby_opens_at: new Date(Date.now() - 1_000).toISOString(),
      },
    });
    const room = made.id as string;
    await vi.waitFor(
      async () => expect((await it.send('GET', `/v1/rooms/${room}/status`)).body.state).toBe('lobby'),
      { timeout: 20_000 },
    );
    const holders = await Promise.all(Array.from({ length: 40 }, () => join(room)));
    await Promise.all(
      holders.map((ticket, n) => remind(room, ticket, { email: `${n}@example.com`, ahead: 10 })),
    );
    await runRound(room);
    expect(await mailsOf(room)).toEqual([]);
    await it.admin('POST', `/rooms/${room}/open`);
    const statuses = () => Promise.all(holders.map((ticket) => ask(room, ticket)));
    await vi.waitFor(
      async () => expect((await statuses()).some(({ body }) => body.state === 'called')).toBe(true),
      { timeout: 20_000 },
    );
    await runRound(room);
    const due = (await statuses()).flatMap(({ body }, n) =>
      body.state === 'called' || body.ahead <= 10 ? [`${n}@example.com`] : [],
    );
    expect(due).toHaveLength(12);
    expect((await mailsOf(room)).map((mail) => mail.address).sort()).toEqual(due.sort());
  });

  test('in minutes follows the estimate that waiters see', async () => {
    const room = await roomWithFullSlots({ admissions_per_minute: 1, max_active: 100 });
    for (let count = 0; count < 8; count += 1) await join(room);
    const ticket = await join(room);
    await remind(room, ticket, { email: address(), minutes: 2 });
    await runRound(room);
    expect(await mailsOf(room)).toEqual([]);
    await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 6_000 });
    const loop = createLifecycle();
    startReminders(it.gateway, loop);
    await vi.waitFor(async () => expect(await mailsOf(room)).toHaveLength(1), { timeout: 20_000 });
    await loop.close();
  });

  test('is not due while the room calls nobody: paused, or nothing remains', async () => {
    const room = await roomWithFullSlots();
    const ticket = await join(room);
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 0, held: 1, sold: 0 });
    await remind(room, ticket, { email: address(), ahead: 10 });
    await runRound(room);
    expect(await mailsOf(room)).toEqual([]);
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 1, held: 0, sold: 0 });
    await runRound(room);
    expect(await mailsOf(room)).toHaveLength(1);
  });

  test('is refused for an invalid address or distance, a ticket that does not wait, or a large body', async () => {
    const room = await roomWithFullSlots();
    const ticket = await join(room);
    for (const body of [
      { email: 'nobody' },
      { email: 'a@example.com\r\nBcc: b@example.com' },
      { email: address(), ahead: 0 },
      { email: address(), ahead: 1_001 },
      { email: address(), minutes: 31 },
      { email: address(), ahead: 10, minutes: 2 },
      { email: address(), locale: 'no tag' },
      { email: address(), more: true },
      {},
    ])
      expect((await remind(room, ticket, body)).body.code).toBe('invalid_request');
    expect((await remind(room, ticket, { email: 'x'.repeat(3_000) })).body.code).toBe('body_too_large');
    expect((await remind(room, `${ticket}x`, { email: address() })).body.code).toBe('ticket_unknown');
    const own = await it.openRoom();
    const called = await join(own);
    await vi.waitFor(async () => expect((await ask(own, called)).body.state).toBe('called'), {
      timeout: 20_000,
    });
    expect((await remind(own, called, { email: address() })).body.code).toBe('not_waiting');
  });

  test('leaves no readable address in Redis, and nothing after a reset', async () => {
    const room = await roomWithFullSlots();
    for (let count = 0; count < 11; count += 1) await join(room);
    const email = address();
    await remind(room, await join(room), { email, ahead: 10 });
    const kept = await it.gateway.redis.hvals(roomKeys(room).reminders);
    expect(kept).toHaveLength(1);
    expect(kept[0]).not.toContain(email);
    await it.admin('POST', `/rooms/${room}/reset`);
    expect(await it.gateway.redis.keys(`wr:{${room}}:reminders*`)).toEqual([]);
  });
});

describe('the link in the mail', () => {
  async function mailTo(email: string, room: string): Promise<Mail> {
    await remind(room, await join(room), { email, ahead: 10 });
    await runRound(room);
    return (await mailsOf(room)).find((mail) => mail.address === email) as Mail;
  }
  const headers = { 'accept-language': 'fr' };

  test('shows a page with a button and changes nothing; the button stops the mails of the room for that mailbox', async () => {
    const room = await roomWithFullSlots();
    const email = address();
    const stop = pathOf((await mailTo(email, room)).stop_url);
    const page = await it.send('GET', stop, { headers });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<form method="post"><button>');
    expect(page.text).toContain('<html lang="fr"');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const between = await Promise.all(Array.from({ length: 12 }, () => join(room)));
    const second = await join(room);
    expect((await remind(room, second, { email, ahead: 10 })).body.state).toBe('set');

    const oneClick = {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    for (const _ of [1, 2]) expect((await it.app.request(stop, oneClick)).status).toBe(200);
    expect((await remind(room, await join(room), { email: email.toUpperCase() })).body.code).toBe(
      'reminder_refused',
    );
    for (const bearer of between) await it.send('DELETE', `${tickets(room)}/me`, { bearer });
    await runRound(room);
    const mails = (await mailsOf(room)).filter((mail) => mail.address === email);
    expect(mails).toHaveLength(1);
  });

  test('works only for that room, unchanged, and is not a ticket', async () => {
    const room = await roomWithFullSlots();
    const elsewhere = await roomWithFullSlots();
    const stop = pathOf((await mailTo(address(), room)).stop_url);
    const token = stop.split('stop=')[1] as string;
    const wrong = [
      `/v1/rooms/${elsewhere}/reminder?stop=${token}`,
      `${stop.slice(0, -4)}AAAA`,
      `/v1/rooms/${room}/reminder`,
    ];
    for (const path of wrong)
      for (const method of ['GET', 'POST']) expect((await it.send(method, path)).status).toBe(404);
    expect((await ask(room, token)).status).toBe(404);
  });

  test('one mailbox gets at most three mails of a room, from any number of tickets', async () => {
    const room = await roomWithFullSlots();
    const email = address();
    const waiting = await Promise.all([1, 2, 3, 4, 5].map(() => join(room)));
    for (const ticket of waiting) await remind(room, ticket, { email, ahead: 10 });
    await runRound(room);
    expect(await mailsOf(room)).toHaveLength(3);
    expect((await remind(room, await join(room), { email })).body.code).toBe('reminder_refused');
  });
});

test('a requested distance is rounded up to the next one', () => {
  expect(
    [{}, { ahead: 1 }, { ahead: 10 }, { ahead: 11 }, { ahead: 1_000 }, { minutes: 1 }, { minutes: 16 }].map(
      distanceFor,
    ),
  ).toEqual([...['m10', 'a10', 'a10', 'a25', 'a1000', 'm2', 'm30']]);
});
