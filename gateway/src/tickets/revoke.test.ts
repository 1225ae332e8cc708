import { connectDb } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { createApp } from '../app.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { openTestRoom, type TestRoom } from '../testing/room.ts';
import { readSlots } from '../tokens/read-slots.ts';

describe('revoking a number', () => {
  let room: TestRoom;
  afterEach(() => room.close());
  const open = async (settings: Parameters<typeof openTestRoom>[1] = {}) => {
    room = await openTestRoom(inject('redisUrl'), { rate: 60_000, maxActive: 1, ...settings });
  };
  const status = async (index: number) => (await room.heartbeat(index)).status;
  const active = () => room.redis.zcard(room.keys.active);
  /** Steps like a ticker, so that every due call is made. */
  const pass = async (ms: number) => {
    for (let step = 0; step < ms; step += 100) {
      await room.advance(100);
      await room.tick();
    }
  };

  test('a waiting one becomes a gap: those behind move up, it is never called, and its holder always gets "revoked"', async () => {
    await open({ maxActive: 2 });
    for (const _ of [1, 2, 3, 4]) await room.join();
    await pass(200);
    expect(await room.called()).toEqual([1, 2]);
    expect(await room.revoke(3)).toEqual({ outcome: 'revoked', was: 'waiting' });
    expect(await room.heartbeat(4)).toMatchObject({ status: 'waiting', ahead: 0 });
    expect(await status(3)).toBe('revoked');
    expect(await room.leave(3)).toEqual({ outcome: 'ended' });
    await room.leave(1);
    await room.leave(2);
    await pass(300);
    expect(await room.called()).toEqual([4]);
    expect(await status(3)).toBe('revoked');
  });

  test('a called one loses its call and its slot, which goes to the next within a step', async () => {
    await open();
    await room.join();
    await room.join();
    await pass(100);
    expect(await room.revoke(1)).toEqual({ outcome: 'revoked', was: 'called' });
    expect(await active()).toBe(0);
    expect(await room.claim(1)).toEqual({ outcome: 'not_called' });
    expect(await room.claim(1, { token: 'token', jti: 'jti', expiresMs: room.now() + 60_000 })).toEqual({
      outcome: 'not_called',
    });
    await pass(100);
    expect(await status(2)).toBe('called');
    await pass(100);
    expect(await status(1)).toBe('revoked');
  });

  test('an admitted one keeps everything until its token is revoked, then loses slot and token', async () => {
    await open();
    await room.join();
    await pass(100);
    await room.claim(1, { token: 'token', jti: 'jti-1', expiresMs: room.now() + 60_000 });
    expect(await room.revoke(1)).toEqual({ outcome: 'holds_token', jti: 'jti-1' });
    expect(await room.revoke(1, 'another')).toEqual({ outcome: 'holds_token', jti: 'jti-1' });
    expect(await room.claim(1)).toEqual({
      outcome: 'claimed',
      token: 'token',
      expiresMs: room.now() + 60_000,
    });
    expect(await room.revoke(1, 'jti-1')).toEqual({ outcome: 'revoked', was: 'admitted' });
    expect(await active()).toBe(0);
    expect(await room.redis.hexists(room.keys.tokens, 'jti-1')).toBe(0);
    expect(await room.claim(1)).toEqual({ outcome: 'not_called' });
  });

  test('again, or after its end, changes nothing; one that bought keeps its order; a number that was not given is refused', async () => {
    await open({ maxActive: 10 });
    for (const _ of [1, 2, 3, 4]) await room.join();
    await pass(100);
    await room.claim(1, { token: 'token', jti: 'jti-1', expiresMs: room.now() + 60_000 });
    await room.release('jti-1');
    await room.revoke(2);
    await room.leave(3);
    expect(await room.revoke(1)).toEqual({ outcome: 'has_bought' });
    expect(await room.revoke(2)).toEqual({ outcome: 'revoked', was: 'revoked' });
    expect(await room.revoke(3)).toEqual({ outcome: 'revoked', was: 'ended' });
    expect(await status(3)).toBe('left');
    expect(await room.revoke(5)).toEqual({ outcome: 'not_given' });
  });

  test('stays revoked after its record was cleaned up', async () => {
    await open({ maxActive: 5 });
    await room.join();
    await pass(100);
    await room.revoke(1);
    await room.advance(3_700_000);
    await room.tick();
    expect(await room.called()).toEqual([]);
    expect(await status(1)).toBe('revoked');
  });

  test('in a lottery uses the drawn number; before the draw there are no numbers', async () => {
    await open({ state: 'lobby', lotterySeed: 'seed', maxActive: 1 });
    for (const _ of [1, 2, 3, 4, 5]) await room.join();
    expect(await room.revoke(4)).toEqual({ outcome: 'not_given' });
    await room.configure({ maxActive: 100 });
    const statuses = await Promise.all([1, 2, 3, 4, 5].map((index) => room.heartbeat(index)));
    const holder = statuses.findIndex((one) => 'number' in one && one.number === 4) + 1;
    expect(await room.revoke(4)).toEqual({ outcome: 'revoked', was: 'waiting' });
    expect(await status(holder)).toBe('revoked');
    await pass(1_000);
    expect(await room.called()).toHaveLength(4);
    expect(await room.called()).not.toContain(holder);
  });
});

describe('through the API', () => {
  let it: TestGateway;
  beforeAll(async () => {
    it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  });
  afterAll(() => it.close());

  const path = (room: string) => `/v1/rooms/${room}/tickets`;
  const join = async (room: string) => (await it.send('POST', path(room))).body.ticket as string;
  const ask = (room: string, bearer: string) => it.send('GET', `${path(room)}/me`, { bearer });
  const leave = (room: string, bearer: string) => it.send('DELETE', `${path(room)}/me`, { bearer });
  const called = (room: string, bearer: string) =>
    vi.waitFor(async () => expect((await ask(room, bearer)).body.state).toBe('called'), { timeout: 5_000 });
  /** A shopper with a reservation. */
  async function admitted(room: string) {
    const ticket = await join(room);
    await called(room, ticket);
    const { body } = await it.send('POST', `${path(room)}/me/claim`, { bearer: ticket });
    const { jti, iat } = decodeJwt(body.reservation_token) as { jti: string; iat: number };
    return { ticket, jti, iat };
  }
  /** As Redis sees a token that was signed well after the room was created. */
  const slotOf = async ({ room, jti, iat }: { room: string; jti: string; iat: number }) => {
    const { epoch } = it.gateway.rooms.get(room);
    return (await readSlots(it.gateway, room, [{ room, epoch, jti, iat: iat + 60 }]))[0];
  };
  const revoked = (room: string) => it.gateway.sql`select jti from revoked_tokens where room = ${room}`;
  const audited = async (room: string) =>
    (await it.admin('GET', '/audit')).body.entries.filter(
      (entry: { action: string; target: string }) => entry.action === 'room.revoke' && entry.target === room,
    );
  const settings = { admissions_per_minute: 60_000, max_active: 1 };

  test('a token is revoked by its jti: listed, audited, its slot free, its holder gets an error; repeating changes nothing', async () => {
    const room = await it.openRoom(settings);
    const { ticket, jti, iat } = await admitted(room);
    for (const _ of ['once', 'twice'])
      expect((await it.admin('DELETE', `/rooms/${room}/active/${jti}?revoke=true`)).status).toBe(204);
    expect(await revoked(room)).toEqual([{ jti }]);
    expect(await audited(room)).toMatchObject([{ after: { jti } }]);
    expect(await slotOf({ room, jti, iat })).toBe('none');
    const status = await ask(room, ticket);
    expect(status.status).toBe(410);
    expect(status.body.detail).toContain('revoked');
    await called(room, await join(room));
  });

  test('a token that Redis does not know is revoked too; one of another room is not', async () => {
    const [room, other] = [await it.openRoom(), await it.openRoom()];
    const jti = `${room}.1.forgotten-id`;
    const wrong = await it.admin('DELETE', `/rooms/${other}/active/${jti}?revoke=true`);
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors[0].field).toBe('jti');
    expect((await it.admin('DELETE', `/rooms/${room}/active/${jti}?revoke=true`)).status).toBe(204);
    expect(await revoked(room)).toEqual([{ jti }]);
  });

  test('freeing the slot of a spent token is not a revocation', async () => {
    const room = await it.openRoom(settings);
    const { jti } = await admitted(room);
    expect((await it.admin('DELETE', `/rooms/${room}/active/${jti}`)).status).toBe(204);
    expect(await revoked(room)).toEqual([]);
  });

  test('a number is revoked while waiting, called or admitted; each once in the audit log', async () => {
    const room = await it.openRoom(settings);
    const { ticket: first, jti } = await admitted(room);
    const [second, third] = [await join(room), await join(room)];
    const revoke = (number: number) => it.admin('POST', `/rooms/${room}/revoke`, { number });
    expect((await revoke(3)).body).toEqual({ number: 3, was: 'waiting' });
    expect((await revoke(1)).body).toEqual({ number: 1, was: 'admitted' });
    await called(room, second);
    expect((await revoke(2)).body).toEqual({ number: 2, was: 'called' });
    for (const number of [1, 2, 3]) expect((await revoke(number)).body.was).toBe('revoked');
    for (const ticket of [first, second, third]) {
      const status = await ask(room, ticket);
      expect([status.status, status.body.detail]).toEqual([410, 'This ticket was revoked.']);
    }
    expect(await revoked(room)).toEqual([{ jti }]);
    expect((await audited(room)).map((entry: { after: object }) => entry.after)).toEqual([
      { number: 2, was: 'called' },
      { number: 1, was: 'admitted', jti },
      { number: 3, was: 'waiting' },
    ]);
    expect((await revoke(99)).body.code).toBe('ticket_unknown');
    expect((await revoke(0)).status).toBe(422);
  });

  test('a viewer cannot revoke', async () => {
    const room = await it.openRoom();
    const { key } = (await it.admin('POST', '/keys', { name: 'v', role: 'viewer' })).body;
    const answer = await it.send('POST', `/v1/admin/rooms/${room}/revoke`, {
      bearer: key,
      body: { number: 1 },
    });
    expect(answer.body.code).toBe('role_forbidden');
  });

  test('leaving after the claim ends the token with the slot; leaving before it writes nothing to Postgres', async () => {
    const room = await it.openRoom(settings);
    const { ticket, jti } = await admitted(room);
    const waiting = await join(room);
    expect((await leave(room, waiting)).status).toBe(204);
    expect(await revoked(room)).toEqual([]);
    for (const _ of ['once', 'twice']) expect((await leave(room, ticket)).status).toBe(204);
    expect(await revoked(room)).toEqual([{ jti }]);
    expect((await ask(room, ticket)).body.detail).toContain('left');
  });

  test('while Postgres is unavailable, a waiting shopper can leave, and an admitted one gets 503 and keeps slot and token', async () => {
    const room = await it.openRoom(settings);
    const { ticket, jti, iat } = await admitted(room);
    const waiting = await join(room);
    const lifecycle = createLifecycle();
    const log = createLog('away', 'silent');
    const { sql } = connectDb('postgres://nobody:nothing@127.0.0.1:9/away', {
      name: 'away',
      max: 1,
      lifecycle,
      log,
    });
    try {
      const app = createApp({ ...it.gateway, sql }, { lifecycle });
      const leaveNow = (bearer: string) =>
        app.request(`${path(room)}/me`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${bearer}` },
        });
      expect((await leaveNow(waiting)).status).toBe(204);
      const refused = await leaveNow(ticket);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
      expect((await ask(room, ticket)).body.state).toBe('admitted');
      expect(await slotOf({ room, jti, iat })).toBe('held');
    } finally {
      await lifecycle.close();
    }
  });
});
