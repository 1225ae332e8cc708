import { bindingHash, RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const join = (room: string, options: object = {}) => it.send('POST', `/v1/rooms/${room}/tickets`, options);
const ask = (room: string, bearer: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer });
const claim = (room: string, bearer: string) =>
  it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer });
const called = (room: string, bearer: string) =>
  vi.waitFor(async () => expect((await ask(room, bearer)).body.state).toBe('called'), {
    timeout: 5_000,
    interval: 20,
  });

describe('join', () => {
  test('numbers follow the order of arrival, and the answer has the poll interval', async () => {
    const room = await it.openRoom({ admissions_per_minute: 1 });
    const first = await join(room);
    const second = await join(room);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      state: 'waiting',
      number: 1,
      ahead: 0,
      room: { id: room, state: 'open' },
    });
    expect(second.body).toMatchObject({ number: 2 });
    expect(second.body.poll_after_ms).toBeGreaterThan(0);
    expect(second.headers.get('retry-after')).toBe(String(Math.ceil(second.body.poll_after_ms / 1_000)));
  });

  test('a shopper with a live ticket keeps it, by header or by cookie', async () => {
    const room = await it.openRoom({ admissions_per_minute: 1 });
    await join(room);
    const { body, headers } = await join(room);
    const byHeader = await join(room, { bearer: body.ticket });
    const cookie = headers.get('set-cookie')?.split(';')[0];
    const byCookie = await join(room, { headers: { cookie } });
    expect(byHeader.status).toBe(200);
    expect(byHeader.body.number).toBe(2);
    expect(byCookie.status).toBe(200);
    expect(byCookie.body.number).toBe(2);
  });

  test('the ticket cookie is not readable by scripts, over plain HTTP, or by other hosts', async () => {
    const room = await it.openRoom();
    const cookie = (await join(room)).headers.get('set-cookie') ?? '';
    expect(cookie).toContain(`__Host-ticket_${room}=tkt_`);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
  });

  test('an unknown room, a room that is not open and a wrong body are refused by name', async () => {
    expect((await join('nowhere')).body.code).toBe('room_unknown');
    const { body: made } = await it.admin('POST', '/rooms', { id: 'not-open-yet' });
    expect(made.state).toBe('scheduled');
    expect((await join('not-open-yet')).body.code).toBe('room_not_open');
    const room = await it.openRoom();
    const wrong = await join(room, { body: { locale: 7, color: 'red' } });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map((fault: { field: string }) => fault.field)).toContain('locale');
    expect(wrong.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a ticket', () => {
  test('that is missing, forged, altered or from another room is refused', async () => {
    const room = await it.openRoom();
    const other = await it.openRoom();
    const { body } = await join(room);
    expect((await it.send('GET', `/v1/rooms/${room}/tickets/me`)).body.code).toBe('ticket_missing');
    expect((await ask(other, body.ticket)).body.code).toBe('ticket_unknown');
    const parts = body.ticket.split('.');
    for (const place of [1, 2, 3, 4, 5]) {
      const altered = parts.map((part: string, at: number) =>
        at === place ? part.replace(/.$/, (end) => (end === '2' ? '3' : '2')) : part,
      );
      expect((await ask(room, altered.join('.'))).body.code).toBe('ticket_unknown');
    }
  });

  test('ends when its holder leaves; leaving again changes nothing', async () => {
    const room = await it.openRoom({ admissions_per_minute: 1 });
    await join(room);
    const { body } = await join(room);
    const leave = () => it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: body.ticket });
    expect((await leave()).status).toBe(204);
    expect((await leave()).status).toBe(204);
    expect((await ask(room, body.ticket)).body.code).toBe('ticket_expired');
    expect((await join(room, { bearer: body.ticket })).status).toBe(201);
  });

  test('ends when the room is reset', async () => {
    const room = await it.openRoom();
    const { body } = await join(room);
    expect((await it.admin('POST', `/rooms/${room}/reset`)).status).toBe(200);
    expect((await ask(room, body.ticket)).body.code).toBe('ticket_expired');
  });
});

describe('the estimated wait', () => {
  test('comes with the place, and is null with a reason while the room is paused', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60 });
    await Promise.all(Array.from({ length: 20 }, () => join(room)));
    const { body } = await join(room);
    expect(body.eta_seconds.low).toBeGreaterThan(5);
    expect(body.eta_seconds.high).toBeGreaterThan(body.eta_seconds.low);
    expect(body).not.toHaveProperty('eta_reason');
    await it.admin('POST', `/rooms/${room}/pause`);
    expect((await ask(room, body.ticket)).body).toMatchObject({ eta_seconds: null, eta_reason: 'paused' });
    await it.admin('POST', `/rooms/${room}/resume`);
    const { body: again } = await ask(room, body.ticket);
    expect(again.eta_seconds.high).toBeLessThanOrEqual(body.eta_seconds.high);
    expect(again).not.toHaveProperty('eta_reason');
  });

  test('grows with a reason when the operator lowers the rate', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60 });
    await Promise.all(Array.from({ length: 20 }, () => join(room)));
    const { body } = await join(room);
    expect((await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 10 })).status).toBe(200);
    await vi.waitFor(
      async () => {
        const { body: now } = await ask(room, body.ticket);
        expect(now.eta_reason).toBe('rate_lowered');
        expect(now.eta_seconds.high).toBeGreaterThan(body.eta_seconds.high * 3);
      },
      { timeout: 15_000 },
    );
  });

  test('is null with a reason when the stock admits nobody', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60 });
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 0, held: 3, sold: 7 });
    const { body } = await join(room);
    await vi.waitFor(
      async () =>
        expect((await ask(room, body.ticket)).body).toMatchObject({
          eta_seconds: null,
          eta_reason: 'stock_low',
        }),
      { timeout: 15_000 },
    );
  });

  test('is part of the ticket, with the time of the join, and stays there when the ticket is used again', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60 });
    await Promise.all(Array.from({ length: 20 }, () => join(room)));
    const { body } = await join(room);
    const ticket = it.gateway.tickets.verify(body.ticket);
    const { low, high } = body.eta_seconds;
    expect(ticket?.estimatedSeconds).toBe(Math.round((low + high) / 2));
    expect(Math.abs((ticket?.joinedAt ?? 0) - Date.now() / 1_000)).toBeLessThan(5);
    expect((await join(room, { bearer: body.ticket })).body.ticket).toBe(body.ticket);
  });
});

describe('claim', () => {
  test('gives a token that any JWT library accepts with our JWKS, bound to its holder', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { body: joined } = await join(room);
    await called(room, joined.ticket);
    const { status, body } = await claim(room, joined.ticket);
    expect(status).toBe(200);
    const jwks = (await it.send('GET', '/.well-known/jwks.json')).body;
    const { payload, protectedHeader } = await jwtVerify(body.reservation_token, createLocalJWKSet(jwks), {
      algorithms: [RESERVATION_TOKEN.alg],
      typ: RESERVATION_TOKEN.typ,
      audience: RESERVATION_TOKEN.audience,
      issuer: 'http://localhost:3000',
    });
    expect(protectedHeader.kid).toBe(jwks.keys[0].kid);
    expect(payload).toMatchObject({ room, number: 1, bnd: bindingHash(body.binding) });
    expect(jwks.keys[0]).not.toHaveProperty('d');
  });

  test('repeated, gives the same token', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { body: joined } = await join(room);
    await called(room, joined.ticket);
    const both = await Promise.all([claim(room, joined.ticket), claim(room, joined.ticket)]);
    expect(both[0].body).toEqual(both[1].body);
    expect((await claim(room, joined.ticket)).body).toEqual(both[0].body);
  });

  test('by cookie, hides the binding from scripts', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { body: joined, headers } = await join(room);
    await called(room, joined.ticket);
    const cookie = headers.get('set-cookie')?.split(';')[0];
    const answer = await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { headers: { cookie } });
    expect(answer.body).not.toHaveProperty('binding');
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`__Host-bind_${room}=bnd_.*HttpOnly`));
  });

  test('is refused before the turn has come', async () => {
    const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000 });
    const first = await join(room);
    const second = await join(room);
    await called(room, first.body.ticket);
    expect((await claim(room, second.body.ticket)).body.code).toBe('not_called');
  });

  test('is refused once the room is closed, for a called and for an admitted ticket', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const [first, second] = [await join(room), await join(room)];
    for (const { body } of [first, second]) await called(room, body.ticket);
    expect((await claim(room, first.body.ticket)).status).toBe(200);
    expect((await it.admin('POST', `/rooms/${room}/close`)).status).toBe(200);
    for (const { body } of [first, second])
      expect((await claim(room, body.ticket)).body).toMatchObject({ status: 409, code: 'room_closed' });
  });

  test('admits the next when the slot is released, and an admitted shopper cannot hold a second place', async () => {
    const room = await it.openRoom({ max_active: 1, admissions_per_minute: 60_000 });
    const first = await join(room);
    const second = await join(room);
    await called(room, first.body.ticket);
    expect((await join(room, { bearer: first.body.ticket })).status).toBe(200);
    const { body } = await claim(room, first.body.ticket);
    const jti = JSON.parse(Buffer.from(body.reservation_token.split('.')[1], 'base64url').toString()).jti;
    expect((await it.admin('DELETE', `/rooms/${room}/active/${jti}`)).status).toBe(204);
    await called(room, second.body.ticket);
    expect((await ask(room, first.body.ticket)).body.state).toBe('completed');
  });
});
