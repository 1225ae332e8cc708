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
const called = (room: string, bearer: string) =>
  vi.waitFor(async () => expect((await ask(room, bearer)).body.state).toBe('called'), { timeout: 5_000 });

describe('in a room with one place for each e-mail address', () => {
  test('a join without an address is refused, naming the field', async () => {
    const room = await openRoom();
    for (const options of [{}, { body: undefined }]) {
      const answer = await join(room, undefined, options);
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((fault: { field: string }) => fault.field)).toEqual(['email']);
    }
  });

  test('a second join with the address, however it is written, gets neither a place nor somebody else’s ticket', async () => {
    const room = await openRoom();
    await join(room, 'somebody@example.com');
    const { body: mine } = await join(room, 'ann@example.com');
    for (const email of ['ann@example.com', 'Ann@Example.COM', 'ann+two@example.com']) {
      const answer = await join(room, email);
      expect([answer.status, answer.body.code]).toEqual([409, 'place_taken']);
      expect(answer.body.detail).toContain('resume link');
      expect(answer.text).not.toContain('tkt_');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect((await join(room, 'bob@example.com')).body.number).toBe(3);
    expect((await ask(room, mine.ticket)).body.number).toBe(2);
  });

  test('who shows the live ticket keeps it, in another tab, after a refresh and by a resume link, without the address', async () => {
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

  test('of twenty joins at once with one address one gets a place, and no number is lost', async () => {
    const room = await openRoom();
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(room, 'ann@example.com')));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect((await join(room, 'bob@example.com')).body.number).toBe(2);
  });

  test('a command that is sent again finds its own place; another one with the address does not', async () => {
    const room = it.gateway.rooms.get(await openRoom());
    const [operation, now] = [randomUUID(), it.gateway.clock.now()];
    const { commands } = it.gateway;
    const first = await commands.place(room, operation, now, 'address');
    expect(first).toMatchObject({ code: 1, index: 1 });
    expect(await commands.place(room, operation, now, 'address')).toEqual(first);
    expect(await commands.place(room, randomUUID(), now, 'address')).toEqual({ code: -4 });
  });

  test('the address is free again when the ticket was left, withdrawn, not claimed, or has bought', async () => {
    const room = await openRoom({ admissions_per_minute: 60_000, claim_seconds: 5 });
    const taken = async () => (await join(room, 'ann@example.com')).status;
    const first = (await join(room, 'ann@example.com')).body.ticket;
    await called(room, first);
    expect(await taken()).toBe(409);
    const { body } = await it.send('POST', `${tickets(room)}/me/claim`, { bearer: first });
    expect(await taken()).toBe(409);
    const { jti } = JSON.parse(Buffer.from(body.reservation_token.split('.')[1], 'base64url').toString());
    await it.admin('DELETE', `/rooms/${room}/active/${jti}`);

    const second = await join(room, 'ann@example.com');
    expect([second.status, second.body.number]).toEqual([201, 2]);
    await called(room, second.body.ticket);
    await leave(room, second.body.ticket);

    const third = await join(room, 'ann@example.com');
    expect([third.status, third.body.number]).toEqual([201, 3]);
    await it.admin('POST', `/rooms/${room}/revoke`, { number: 3 });

    const fourth = await join(room, 'ann@example.com');
    expect([fourth.status, fourth.body.number]).toEqual([201, 4]);
    await called(room, fourth.body.ticket);
    await vi.waitFor(async () => expect(await taken()).toBe(201), { timeout: 10_000, interval: 100 });
  });

  test('a place that was left or withdrawn while it waited frees the address', async () => {
    const room = await openRoom();
    await join(room, 'somebody@example.com');
    const first = (await join(room, 'ann@example.com')).body;
    await leave(room, first.ticket);
    const second = (await join(room, 'ann@example.com')).body;
    expect(second.number).toBe(3);
    await it.admin('POST', `/rooms/${room}/revoke`, { number: 3 });
    expect((await join(room, 'ann@example.com')).body.number).toBe(4);
  });

  test('Redis holds no address, nothing that is the same in two rooms, and nothing after a reset', async () => {
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

test('in a room with one place for each browser an address is not looked at, nor kept', async () => {
  const room = await it.openRoom();
  const place = vi.spyOn(it.gateway.commands, 'place');
  for (const _ of [1, 2]) expect((await join(room, 'ann@example.com')).status).toBe(201);
  expect(place).not.toHaveBeenCalled();
  expect(await it.gateway.redis.exists(roomKeys(room).places)).toBe(0);
});
