import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { runSpend } from '../lua/spend.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { openTestRoom } from '../testing/room.ts';
import { CHALLENGE_MS } from './challenges.ts';
import { CALM_JOINS_PER_SECOND, EASIEST } from './difficulty.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const POW = { challenge: 'pow', admissions_per_minute: 1 };
const join = (room: string, proof?: string, bearer?: string) =>
  it.send('POST', `/v1/rooms/${room}/tickets`, {
    body: proof === undefined ? {} : { proof },
    ...(bearer ? { bearer } : {}),
  });
const challengeOf = async (room: string) =>
  (await it.send('GET', `/v1/rooms/${room}/challenge`)).body as Challenge;
async function proofFor(room: string, challenge?: Challenge): Promise<string> {
  const given = challenge ?? (await it.gateway.challenges.make(it.gateway.rooms.get(room), 5, Date.now()));
  const solution = await solveChallenge({ challenge: given, deriveKey });
  return Buffer.from(JSON.stringify({ challenge: given, solution })).toString('base64');
}
const issued = async (room: string) => Number(await it.gateway.redis.hget(roomKeys(room).room, 'issued'));
/** All keys of a room in Redis, except what its ticks write. */
const written = async (room: string) =>
  (await it.gateway.redis.keys(`wr:{${room}}:*`)).filter((key) => !key.endsWith(':calls')).toSorted();

describe('a room with a challenge', () => {
  test('gives a place for a solved challenge of its own', async () => {
    const room = await it.openRoom(POW);
    const asked = await it.send('GET', `/v1/rooms/${room}/challenge`);
    expect(asked.headers.get('cache-control')).toBe('no-store');
    const joined = await join(room, await proofFor(room, asked.body));
    expect(joined.status).toBe(201);
    expect(joined.body).toMatchObject({ state: 'waiting', number: 1 });
  });

  test('writes nothing for a shopper without a proof or with a bad one, and tells them apart', async () => {
    const room = await it.openRoom(POW);
    const before = await written(room);
    const none = await join(room);
    expect([none.status, none.body.code]).toEqual([403, 'proof_required']);
    expect(none.headers.get('set-cookie')).toBeNull();
    const unsolved = Buffer.from(JSON.stringify({ challenge: await challengeOf(room) })).toString('base64');
    for (const bad of ['made-up', unsolved, await proofFor(await it.openRoom(POW))]) {
      const answer = await join(room, bad);
      expect([answer.status, answer.body.code]).toEqual([403, 'proof_invalid']);
    }
    expect(await issued(room)).toBe(0);
    expect(await written(room)).toEqual(before);
  });

  test('accepts a proof once, also when it is sent many times concurrently', async () => {
    const room = await it.openRoom(POW);
    const proof = await proofFor(room);
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(room, proof)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'proof_invalid')).toHaveLength(19);
    expect((await join(room, proof)).body.code).toBe('proof_invalid');
    expect(await issued(room)).toBe(1);
  });

  test('needs no proof from a shopper with a live ticket, but from one who has left', async () => {
    const room = await it.openRoom(POW);
    await join(room, await proofFor(room));
    const { body } = await join(room, await proofFor(room));
    const again = await join(room, undefined, body.ticket);
    expect([again.status, again.body.number]).toEqual([200, 2]);
    await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: body.ticket });
    expect((await join(room, undefined, body.ticket)).body.code).toBe('proof_required');
  });

  test('after a reset refuses earlier proofs, spent or not, and stores no spent one', async () => {
    const room = await it.openRoom(POW);
    const [spent, kept] = [await proofFor(room), await proofFor(room)];
    expect((await join(room, spent)).status).toBe(201);
    expect((await written(room)).some((key) => key.includes(':spent:'))).toBe(true);
    await it.admin('POST', `/rooms/${room}/reset`);
    expect((await written(room)).filter((key) => key.includes(':spent:'))).toEqual([]);
    await it.admin('POST', `/rooms/${room}/open`);
    for (const old of [spent, kept]) expect((await join(room, old)).body.code).toBe('proof_invalid');
    expect((await join(room, await proofFor(room))).status).toBe(201);
  });

  test('reports that it is not open or closed, instead of asking for useless work', async () => {
    await it.admin('POST', '/rooms', { id: 'pow-later', ...POW });
    const refusals = async () => [
      (await join('pow-later')).body.code,
      (await it.send('GET', '/v1/rooms/pow-later/challenge')).body.code,
    ];
    expect(await refusals()).toEqual(['room_not_open', 'room_not_open']);
    await it.admin('POST', '/rooms/pow-later/close');
    expect(await refusals()).toEqual(['room_closed', 'room_closed']);
  });

  test('requires more work while more people join, and the least in a calm room', async () => {
    const [calm, rushed] = [await it.openRoom(POW), await it.openRoom({ admissions_per_minute: 1 })];
    const { challenges, rooms } = it.gateway;
    const asked: number[] = [];
    it.gateway.challenges = {
      ...challenges,
      make: (purpose, difficulty, nowMs) => {
        asked.push(difficulty);
        return challenges.make(purpose, difficulty, nowMs);
      },
    };
    // A thousand joins within about a second are a hundred a second in the mean of ten seconds.
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => join(rushed)));
    await vi.waitFor(() => expect(rooms.get(rushed).joinRate).toBeGreaterThan(CALM_JOINS_PER_SECOND), {
      timeout: 5_000,
    });
    await it.admin('PATCH', `/rooms/${rushed}`, { challenge: 'pow' });
    await challengeOf(rushed);
    await challengeOf(calm);
    it.gateway.challenges = challenges;
    expect(asked[0]).toBeGreaterThan(EASIEST);
    expect(asked[1]).toBe(EASIEST);
  });
});

test('a room without challenges issues none and requires none', async () => {
  const room = await it.openRoom();
  expect((await it.send('GET', `/v1/rooms/${room}/challenge`)).status).toBe(404);
  expect((await join(room)).status).toBe(201);
  expect((await it.send('GET', '/v1/rooms/nowhere/challenge')).body.code).toBe('room_unknown');
});

test('switching the challenge on takes effect without affecting waiting tickets', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  await join(room);
  const { body } = await join(room);
  await it.admin('PATCH', `/rooms/${room}`, { challenge: 'pow' });
  expect((await join(room)).body.code).toBe('proof_required');
  expect((await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: body.ticket })).status).toBe(200);
  expect((await it.admin('PATCH', `/rooms/${room}`, { challenge: 'maze' })).status).toBe(422);
});

describe('spent challenges', () => {
  const open = async () => {
    const room = await openTestRoom(inject('redisUrl'));
    const spend = (id: string, operation: string, endsMs: number, epoch = 1) =>
      runSpend(room.redis, room.id, { id, operation, endsMs, epoch });
    return { ...room, spend };
  };

  test('a command that is resent after a reconnect counts once, another one is refused', async () => {
    const room = await open();
    const ends = room.now() + CHALLENGE_MS;
    expect(await room.spend('a', 'operation-1', ends)).toBe('spent');
    expect(await room.spend('a', 'operation-1', ends)).toBe('spent');
    expect(await room.spend('a', 'operation-2', ends)).toBe('spent_before');
    await room.close();
  });

  test('Redis’s clock decides when a challenge expires, not the clocks of the processes', async () => {
    const room = await open();
    const ends = room.now() + CHALLENGE_MS;
    await room.advance(CHALLENGE_MS);
    expect(await room.spend('a', 'one', ends)).toBe('spent');
    await room.advance(1);
    expect(await room.spend('b', 'one', ends)).toBe('expired');
    await room.close();
  });

  test('are stored until the last challenge of the same half minute has expired, and then deleted', async () => {
    const room = await open();
    const bucket = Math.ceil(room.now() / 30_000) * 30_000 + 60_000;
    const [first, last] = [bucket, bucket + 29_999];
    expect(room.keys.spent(first)).toBe(room.keys.spent(last));
    expect(room.keys.spent(first)).not.toBe(room.keys.spent(last + 1));
    await room.spend('late', 'one', last);
    await room.spend('early', 'one', first);
    const lives = await room.redis.pttl(room.keys.spent(first));
    // Redis's own time passes between the two commands, while the room's clock stands still.
    expect(lives).toBeGreaterThan(last - room.now() - 5_000);
    expect(lives).toBeLessThanOrEqual(last - room.now() + 30_000);
    await room.close();
  });

  test('an emptied Redis spends nothing, so the proof is valid when the room is restored', async () => {
    const room = await open();
    const ends = room.now() + CHALLENGE_MS;
    await room.redis.unlink(room.keys.room);
    expect(await room.spend('a', 'one', ends)).toBe('room_unknown');
    await room.configure();
    expect(await room.spend('a', 'two', ends)).toBe('spent');
    await room.close();
  });

  test('a challenge of an earlier epoch is refused', async () => {
    const room = await open();
    expect(await room.spend('a', 'one', room.now() + CHALLENGE_MS, 0)).toBe('expired');
    await room.close();
  });
});
