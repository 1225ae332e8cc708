import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const openRoom = (settings: object = {}) =>
  it.openRoom({ one_place_per: 'email', admissions_per_minute: 1, max_active: 1, ...settings });
const tickets = (room: string) => `/v1/rooms/${room}/tickets`;
const join = (room: string, email?: string, options: object = {}) =>
  it.send('POST', tickets(room), { body: email === undefined ? {} : { email }, ...options });
const ask = (room: string, bearer: string) => it.send('GET', `${tickets(room)}/me`, { bearer });
const leave = (room: string, bearer: string) => it.send('DELETE', `${tickets(room)}/me`, { bearer });
const claim = (room: string, bearer: string) => it.send('POST', `${tickets(room)}/me/claim`, { bearer });
const called = (room: string, bearer: string) =>
  vi.waitFor(async () => expect((await ask(room, bearer)).body.state).toBe('called'), { timeout: 5_000 });

describe('in a room with one place per e-mail address', () => {
  test('a join without an address is refused, naming the field', async () => {
    const room = await openRoom();
    for (const options of [{}, { body: undefined }]) {
      const answer = await join(room, undefined, options);
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((fault: { field: string }) => fault.field)).toEqual(['email']);
    }
  });

  test('a second join with the address, in any spelling, gets the same kind of answer, and reveals no ticket', async () => {
    const room = await openRoom();
    await join(room, 'somebody@example.com');
    const first = await join(room, 'ann@example.com');
    for (const email of ['ann@example.com', 'Ann@Example.COM', 'ann+two@example.com']) {
      const [answer, newcomer] = await Promise.all([
        join(room, email),
        join(room, `${randomUUID()}@example.com`),
      ]);
      expect([answer.status, newcomer.status]).toEqual([201, 201]);
      expect(Object.keys(answer.body)).toEqual(Object.keys(newcomer.body));
      expect(answer.body.ticket).not.toBe(first.body.ticket);
      expect((await ask(room, answer.body.ticket)).body.state).toBe('waiting');
    }
    expect((await ask(room, first.body.ticket)).body.number).toBe(2);
  });

  test('a shopper with the live ticket keeps it, in another tab, after a refresh and by a resume link, without the address', async () => {
    const room = await openRoom();
    await join(room, 'somebody@example.com');
    const { body, headers } = await join(room, 'ann@example.com');
    const cookie = headers.get('set-cookie')?.split(';')[0];
    for (const options of [{ headers: { cookie } }, { bearer: body.ticket }]) {
      const again = await join(room, undefined, options);
      expect([again.status, again.body.number, again.body.ticket]).toEqual([200, 2, body.ticket]);
      expect(again.headers.get('set-cookie')).toContain(body.ticket);
    }
  });

  test('of twenty tickets of one address one may claim; another only when the first has gone without buying', async () => {
    const room = await openRoom({ admissions_per_minute: 60_000, max_active: 100, claim_seconds: 600 });
    const joined = await Promise.all(Array.from({ length: 20 }, () => join(room, 'ann@example.com')));
    const inOrder = joined.map(({ body }) => body).sort((one, other) => one.number - other.number);
    for (const { ticket } of inOrder) await called(room, ticket);
    const [first, second, third] = inOrder.map(({ ticket }) => ticket) as [string, string, string];
    const refused = await Promise.all(inOrder.slice(1).map(({ ticket }) => claim(room, ticket)));
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['409 place_taken']),
    );
    expect((await claim(room, first)).status).toBe(200);
    expect((await claim(room, second)).status).toBe(409);
    await leave(room, first);
    expect((await claim(room, second)).status).toBe(200);
    expect((await claim(room, second)).status).toBe(200);
    expect((await claim(room, third)).status).toBe(409);
  });

  test('after a purchase, earlier tickets of the address may not claim', async () => {
    const room = await openRoom({ admissions_per_minute: 60_000, max_active: 100, claim_seconds: 600 });
    const first = (await join(room, 'ann@example.com')).body.ticket;
    const second = (await join(room, 'ann@example.com')).body.ticket;
    for (const ticket of [first, second]) await called(room, ticket);
    const { body } = await claim(room, first);
    const { jti } = JSON.parse(Buffer.from(body.reservation_token.split('.')[1], 'base64url').toString());
    await it.admin('DELETE', `/rooms/${room}/active/${jti}`);
    expect((await claim(room, second)).body.code).toBe('place_taken');
  });

  test('a resent command finds its own place, and a rival its own', async () => {
    const room = it.gateway.rooms.get(await openRoom());
    const [operation, rival, now] = [randomUUID(), randomUUID(), it.gateway.clock.now()];
    const { commands } = it.gateway;
    expect(await commands.joinUniqueEmail(room, operation, now, 'address')).toMatchObject({
      outcome: 'joined',
      index: 1,
      rival: 0,
    });
    expect(await commands.joinUniqueEmail(room, operation, now, 'address')).toMatchObject({
      index: 1,
      rival: 0,
    });
    expect(await commands.joinUniqueEmail(room, rival, now, 'address')).toMatchObject({
      outcome: 'joined',
      index: 2,
      rival: 1,
    });
    expect(await commands.joinUniqueEmail(room, rival, now, 'address')).toMatchObject({ index: 2, rival: 1 });
    expect(await commands.joinUniqueEmail(room, randomUUID(), now, 'address')).toMatchObject({
      index: 3,
      rival: 2,
    });
  });

  test('a waiting place that was left or revoked frees the address', async () => {
    const room = await openRoom();
    const isRival = async (ticket: string) => {
      const places = await it.gateway.redis.hgetall(roomKeys(room).places);
      return `#${it.gateway.tickets.verify(ticket)?.index}` in places;
    };
    await join(room, 'somebody@example.com');
    const first = (await join(room, 'ann@example.com')).body;
    await leave(room, first.ticket);
    const second = (await join(room, 'ann@example.com')).body;
    expect([second.number, await isRival(second.ticket)]).toEqual([3, false]);
    await it.admin('POST', `/rooms/${room}/revoke`, { number: 3 });
    const third = (await join(room, 'ann@example.com')).body;
    expect([third.number, await isRival(third.ticket)]).toEqual([4, false]);
    expect(await isRival((await join(room, 'ann@example.com')).body.ticket)).toBe(true);
  });

  test('Redis has no address, no equal hashes in two rooms, and nothing after a reset', async () => {
    const rooms = [await openRoom(), await openRoom()];
    for (const room of rooms) await join(room, 'ann@example.com');
    const kept = await Promise.all(rooms.map((room) => it.gateway.redis.hgetall(roomKeys(room).places)));
    expect(kept.map((places) => Object.values(places))).toEqual([['1'], ['1']]);
    const [one, other] = kept.map((places) => Object.keys(places)[0]);
    expect(one).toMatch(/^[\w-]{22}$/);
    expect(one).not.toBe(other);
    expect(JSON.stringify(kept)).not.toContain('ann');
    const room = rooms[0] as string;
    await it.admin('POST', `/rooms/${room}/reset`);
    expect(await it.gateway.redis.exists(roomKeys(room).places)).toBe(0);
    await it.admin('POST', `/rooms/${room}/open`);
    expect((await join(room, 'ann@example.com')).status).toBe(201);
  });
});

describe('the mailbox of an address that joins again', () => {
  type Mail = { kind: string; address: string; locale: string; resume_url: string; stop_url: string | null };
  const mailsOf = (room: string) =>
    it.gateway.sql<Mail[]>`
      select kind, address, locale, resume_url, stop_url from turn_mails where cause like ${`${room}:%`} order by cause`;
  const mailed = (room: string, count: number) =>
    vi.waitFor(async () => expect(await mailsOf(room)).toHaveLength(count), { timeout: 10_000 });
  const proofPath = ({ resume_url }: Mail) => resume_url.replace('http://localhost:3000', '');

  test('gets a link, at most three, and none for a first join', async () => {
    const room = await openRoom();
    await join(room, 'bob@example.com');
    const address = `${randomUUID()}@example.com`;
    for (const locale of ['de', 'fr', 'en', 'en', 'en'])
      await it.send('POST', tickets(room), { body: { email: address, locale } });
    await mailed(room, 3);
    expect(await mailsOf(room)).toMatchObject([
      { kind: 'place_joined', address, locale: 'fr', stop_url: null },
      { kind: 'place_joined', address, locale: 'en' },
      { kind: 'place_joined', address, locale: 'en' },
    ]);
    const jobs = await it.gateway.sql`
      select 1 from outbox where name = 'email.turn' and payload ->> 'cause' like ${`${room}:%`}`;
    expect(jobs).toHaveLength(3);
  });

  test('gives the place to its owner, after any earlier joins; the other ticket and its reservation end', async () => {
    const room = await openRoom({ admissions_per_minute: 60_000, max_active: 100, claim_seconds: 600 });
    const stranger = (await join(room, 'ann@example.com')).body.ticket;
    const owner = (await join(room, 'ann@example.com')).body.ticket;
    for (const ticket of [stranger, owner]) await called(room, ticket);
    const { body } = await claim(room, stranger);
    expect((await claim(room, owner)).body.code).toBe('place_taken');
    await mailed(room, 1);
    const [mail] = await mailsOf(room);
    const path = proofPath(mail as Mail);

    // Viewing the page changes nothing. The same without the ticket, with another one's, or with a forged proof.
    const look = await it.send('GET', path, { bearer: owner });
    expect([look.status, look.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
    const other = (await join(room, 'bob@example.com')).body.ticket;
    expect((await it.send('POST', path)).status).toBe(409);
    expect((await it.send('POST', path, { bearer: other })).status).toBe(409);
    expect((await it.send('POST', path.replace(/.{4}$/, 'AAAA'), { bearer: owner })).status).toBe(404);
    expect((await it.send('POST', path.replace(room, await openRoom()), { bearer: owner })).status).toBe(404);
    expect((await claim(room, owner)).body.code).toBe('place_taken');

    expect((await it.send('POST', path, { bearer: owner })).status).toBe(200);
    expect((await it.send('POST', path, { bearer: owner })).status).toBe(200);
    expect((await claim(room, owner)).status).toBe(200);
    expect((await ask(room, stranger)).status).toBe(410);
    const { jti } = JSON.parse(Buffer.from(body.reservation_token.split('.')[1], 'base64url').toString());
    expect(await it.gateway.sql`select 1 from revoked_tokens where jti = ${jti}`).toHaveLength(1);
  });

  test('has no effect after a reset', async () => {
    const room = await openRoom();
    for (const _ of [1, 2]) await join(room, 'ann@example.com');
    await mailed(room, 1);
    const [mail] = await mailsOf(room);
    await it.admin('POST', `/rooms/${room}/reset`);
    await it.admin('POST', `/rooms/${room}/open`);
    const again = (await join(room, 'ann@example.com')).body.ticket;
    expect((await it.send('POST', proofPath(mail as Mail), { bearer: again })).status).toBe(404);
  });
});

test('in a room with one place per browser the address is ignored and not stored', async () => {
  const room = await it.openRoom();
  const place = vi.spyOn(it.gateway.commands, 'joinUniqueEmail');
  for (const _ of [1, 2]) expect((await join(room, 'ann@example.com')).status).toBe(201);
  expect(place).not.toHaveBeenCalled();
  expect(await it.gateway.redis.exists(roomKeys(room).places)).toBe(0);
});
