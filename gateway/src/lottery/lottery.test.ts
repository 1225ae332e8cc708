import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { wipeRoom } from '../rooms/wipe.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { openTestRoom, type TestRoom } from '../testing/room.ts';
import { commitmentTo, type DrawVersion, newSeed, numberOf } from './draw.ts';

const rooms: TestRoom[] = [];
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

/** A lottery room whose lobby is open; `configure({ state: 'open' })` draws. */
async function openLobby(seed: string, lotteryVersion: DrawVersion = 2): Promise<TestRoom> {
  const room = await openTestRoom(inject('redisUrl'), {
    lotterySeed: seed,
    lotteryVersion,
    rate: 60_000,
    state: 'lobby',
  });
  rooms.push(room);
  return room;
}

type Vector = {
  version: DrawVersion;
  seed: string;
  size: number;
  commitment: string;
  numbers: Record<string, number>;
};
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/lottery-vectors.json', import.meta.url), 'utf8'),
) as Vector[];

describe('the permutation', () => {
  test.each(vectors)('gives the published numbers of a draw of $size, version $version', (vector) => {
    expect(commitmentTo(vector.seed, vector.version)).toBe(vector.commitment);
    for (const [index, number] of Object.entries(vector.numbers))
      expect(numberOf(Number(index), vector)).toBe(number);
  });

  test.each(vectors)('is the same in Redis, for $size, version $version', async (vector) => {
    const room = await openLobby(vector.seed, vector.version);
    await room.redis.hset(room.keys.room, 'issued', vector.size);
    await room.configure({ state: 'open' });
    await room.redis.hset(room.keys.room, 'issued', vector.size + 1);
    for (const [index, number] of Object.entries(vector.numbers))
      expect(await room.heartbeat(Number(index))).toMatchObject({ status: 'waiting', number: number });
  });

  test.each(
    ([1, 2] as const).flatMap((version) =>
      [2, 3, 4, 5, 16, 17, 64, 65, 1_000, 4_097].map((size) => ({ version, size })),
    ),
  )('gives each of $size places exactly once, version $version', ({ version, size }) => {
    const seed = newSeed();
    const numbers = Array.from({ length: size }, (_, at) => numberOf(at + 1, { seed, size, version }));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at + 1));
  });

  test('leaves late-comers in the order of arrival', () => {
    const draw = { seed: newSeed(), size: 10, version: 2 as const };
    expect([11, 12, 500].map((index) => numberOf(index, draw))).toEqual([11, 12, 500]);
  });

  test('is fixed by its commitment: another seed has another', () => {
    const seed = newSeed();
    expect(commitmentTo(seed)).toMatch(/^[0-9a-f]{64}$/);
    expect(commitmentTo(`${seed}0`)).not.toBe(commitmentTo(seed));
    expect(commitmentTo(seed, 2)).not.toBe(commitmentTo(seed, 1));
  });
});

describe('a lottery room', () => {
  test('gives every lobby ticket the number that anybody can compute, and calls in the order of numbers', async () => {
    const seed = newSeed();
    const room = await openLobby(seed);
    const size = 57;
    for (let joined = 0; joined < size; joined += 1) await room.join();
    await room.configure({ state: 'open' });
    const late = await room.join();
    const draw = { seed, size, version: 2 as const };

    for (let index = 1; index <= size; index += 1) {
      const number = numberOf(index, draw);
      expect(await room.heartbeat(index)).toMatchObject({ status: 'waiting', number });
    }
    expect(await room.heartbeat(late)).toMatchObject({ status: 'waiting', number: late });

    const order: number[] = [];
    while (order.length < size + 1) {
      await room.advance(100);
      await room.tick(1);
      for (const index of await room.called()) if (!order.includes(index)) order.push(index);
    }
    const byNumber = Array.from({ length: size }, (_, at) => at + 1).toSorted(
      (a, b) => numberOf(a, draw) - numberOf(b, draw),
    );
    expect(order).toEqual([...byNumber, late]);
  });

  test('is drawn once: pausing, changing the rate and opening again keep every number', async () => {
    const room = await openLobby(newSeed());
    for (let joined = 0; joined < 20; joined += 1) await room.join();
    await room.configure({ state: 'open' });
    const numbers = async () =>
      Promise.all(Array.from({ length: 20 }, (_, at) => room.heartbeat(at + 1))).then((tickets) =>
        tickets.map((ticket) => 'number' in ticket && ticket.number),
      );
    const first = await numbers();
    expect(first.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    await room.join();
    await room.configure({ state: 'paused', rate: 7 });
    await room.configure({ state: 'open' });
    expect(await numbers()).toEqual(first);
  });

  test('a ticket that left the lobby is skipped after the draw, and is not counted', async () => {
    const seed = newSeed();
    const room = await openLobby(seed);
    for (let joined = 0; joined < 10; joined += 1) await room.join();
    await room.leave(3);
    await room.leave(8);
    expect((await room.heartbeat(3)).status).toBe('left');
    await room.configure({ state: 'paused' });
    await room.configure({ state: 'open' });
    const order: number[] = [];
    for (let step = 0; step < 20; step += 1) {
      await room.advance(100);
      await room.tick(1);
      for (const index of await room.called()) if (!order.includes(index)) order.push(index);
    }
    const draw = { seed, size: 10, version: 2 as const };
    const expected = [1, 2, 4, 5, 6, 7, 9, 10].toSorted((a, b) => numberOf(a, draw) - numberOf(b, draw));
    expect(order).toEqual(expected);
  });

  test('opening writes two fields for any size, and the words of its rounds', async () => {
    const room = await openLobby(newSeed());
    await room.redis.hset(room.keys.room, 'issued', 1_000_000);
    const before = await room.redis.hgetall(room.keys.room);
    await room.configure({ state: 'open' });
    const after = await room.redis.hgetall(room.keys.room);
    const changed = Object.keys(after).filter((field) => after[field] !== before[field]);
    expect(changed.toSorted()).toEqual(['credit', 'lottery_size', 'state', 'version']);
    // The words of the rounds: as many as the square root of the size.
    expect(await room.redis.strlen(room.keys.draw)).toBe(2 + 1_024 * 32);
    expect(after.lottery_size).toBe('1000000');
    expect((await room.heartbeat(999_999)).status).toBe('waiting');
  });
});

describe('through HTTP', () => {
  let it: TestGateway;
  beforeAll(async () => {
    it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  });
  afterAll(() => it.close());

  /** A lottery room with an open lobby. */
  async function openLobbyRoom(id: string) {
    const past = new Date(Date.now() - 1_000).toISOString();
    await it.admin('POST', '/rooms', {
      id,
      queueing_method: 'lottery',
      lobby_opens_at: past,
      admissions_per_minute: 1,
    });
    const state = async () => (await it.send('GET', `/v1/rooms/${id}/status`)).body.state;
    await expect.poll(state, { timeout: 5_000 }).toBe('lobby');
  }
  const join = (room: string) => it.send('POST', `/v1/rooms/${room}/tickets`);
  const lotteryOf = async (room: string) => (await it.send('GET', `/v1/rooms/${room}/status`)).body.lottery;

  test('the commitment is public before the draw, seed and size after it, and each receipt gives its number', async () => {
    await openLobbyRoom('fair-start');
    const before = await lotteryOf('fair-start');
    expect(before.commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(before).not.toHaveProperty('seed');

    const joined = await Promise.all(Array.from({ length: 12 }, () => join('fair-start')));
    for (const { body } of joined) {
      expect(body).toMatchObject({ state: 'lobby', number: null, ahead: null });
      expect(body.lottery_receipt).toMatchObject({
        room: 'fair-start',
        epoch: it.gateway.rooms.get('fair-start').epoch,
        commitment: before.commitment,
        version: 2,
      });
    }
    await it.admin('POST', '/rooms/fair-start/open');
    const after = await lotteryOf('fair-start');
    expect(after).toMatchObject({ commitment: before.commitment, version: 2, size: 12 });
    expect(commitmentTo(after.seed, 2)).toBe(before.commitment);
    for (const { body } of joined) {
      const me = await it.send('GET', '/v1/rooms/fair-start/tickets/me', { bearer: body.ticket });
      expect(me.body.number).toBe(numberOf(body.lottery_receipt.index, after));
    }
    expect((await join('fair-start')).body.number).toBe(13);
  });

  test('a room whose lobby opened with version 1 keeps that version, and its unencrypted seed is read', async () => {
    await it.admin('POST', '/rooms', {
      id: 'of-before',
      queueing_method: 'lottery',
      admissions_per_minute: 1,
    });
    const [seed, { sql, rooms }] = [newSeed(), it.gateway];
    await sql`update rooms set lottery_seed = ${seed}, lottery_seed_sealed = null, lottery_version = 1
      where id = 'of-before'`;
    const { epoch } = rooms.get('of-before');
    rooms.remove('of-before');
    await wipeRoom(it.gateway, 'of-before', epoch);
    await rooms.refresh();
    expect(await lotteryOf('of-before')).toEqual({ version: 1, commitment: commitmentTo(seed, 1) });
    const lobby_opens_at = new Date(Date.now() - 1_000).toISOString();
    await it.admin('PATCH', '/rooms/of-before', { lobby_opens_at });
    await expect
      .poll(async () => (await it.send('GET', '/v1/rooms/of-before/status')).body.state, { timeout: 5_000 })
      .toBe('lobby');
    const joined = await Promise.all(Array.from({ length: 9 }, () => join('of-before')));
    await it.admin('POST', '/rooms/of-before/open');
    const draw = await lotteryOf('of-before');
    expect(draw).toEqual({ version: 1, commitment: commitmentTo(seed, 1), seed, size: 9 });
    for (const { body } of joined) {
      const me = await it.send('GET', '/v1/rooms/of-before/tickets/me', { bearer: body.ticket });
      expect(me.body.number).toBe(numberOf(body.lottery_receipt.index, draw));
    }
  });

  test('a lottery cannot be switched on or off after people may have joined; a reset draws with a new seed', async () => {
    await openLobbyRoom('no-switching');
    const first = await lotteryOf('no-switching');
    const switched = await it.admin('PATCH', '/rooms/no-switching', { queueing_method: 'fifo' });
    expect(switched.body.code).toBe('state_conflict');
    await it.admin('POST', '/rooms/no-switching/reset');
    expect((await lotteryOf('no-switching')).commitment).not.toBe(first.commitment);
  });

  test('the seed is secret before the draw: for operators, in a database dump, in Redis', async () => {
    await openLobbyRoom('secret-seed');
    const [row] = await it.gateway.sql<{ dumped: string; lottery_seed_sealed: string }[]>`
      select row_to_json(rooms)::text as dumped, lottery_seed_sealed from rooms where id = 'secret-seed'`;
    const seed = it.gateway.sealer.decrypt(row?.lottery_seed_sealed as string);
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.dumped).not.toContain(seed);
    const { room: roomKey } = roomKeys('secret-seed');
    expect(Object.values(await it.gateway.redis.hgetall(roomKey))).not.toContain(seed);
    expect(await it.gateway.redis.exists(roomKeys('secret-seed').draw)).toBe(0);
    const answers = [
      await it.admin('GET', '/rooms/secret-seed'),
      await it.admin('GET', '/rooms'),
      await it.admin('GET', '/audit'),
      await it.send('GET', '/v1/rooms/secret-seed/status'),
      await join('secret-seed'),
    ];
    for (const { text } of answers) expect(text).not.toContain(seed);
  });

  test('a passthrough room calls at once; a rejecting room accepts nobody new', async () => {
    const open = await it.openRoom({
      queueing_method: 'passthrough',
      admissions_per_minute: 1,
      max_active: 1,
    });
    const tickets = await Promise.all(
      Array.from({ length: 5 }, async () => (await join(open)).body.ticket as string),
    );
    for (const bearer of tickets) {
      const ask = async () => (await it.send('GET', `/v1/rooms/${open}/tickets/me`, { bearer })).body.state;
      await expect.poll(ask, { timeout: 5_000 }).toBe('called');
    }
    const shut = await it.openRoom({ queueing_method: 'reject' });
    expect((await join(shut)).body.code).toBe('room_rejects');
  });
});

describe('npm run verify-lottery', () => {
  const verify = async (...args: string[]) => {
    const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'verify.ts'), ...args]);
    return run.then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );
  };
  const seed = 'a'.repeat(64);
  const draw = ['--seed', seed, '--size', '1000', '--index', '7'];

  test('agrees with a true receipt, and refuses a wrong number or another seed', async () => {
    const number = String(numberOf(7, { seed, size: 1_000, version: 2 }));
    const commitment = commitmentTo(seed, 2);
    expect(await verify(...draw, '--commitment', commitment, '--number', number)).toMatchObject({ code: 0 });
    expect(await verify(...draw, '--number', String(Number(number) + 1))).toMatchObject({ code: 1 });
    expect(await verify(...draw, '--commitment', commitmentTo('another'))).toMatchObject({ code: 1 });
    expect(await verify('--index', 'x')).toMatchObject({ code: 2 });
  });

  test('also checks older draws: by their version, or by the commitment', async () => {
    const number = String(numberOf(7, { seed, size: 1_000, version: 1 }));
    const commitment = commitmentTo(seed, 1);
    expect(await verify(...draw, '--commitment', commitment, '--number', number)).toMatchObject({ code: 0 });
    expect(await verify(...draw, '--version', '1', '--number', number)).toMatchObject({ code: 0 });
    expect(await verify(...draw, '--number', number)).toMatchObject({ code: 1 });
    expect(await verify(...draw, '--version', '2', '--commitment', commitment)).toMatchObject({ code: 1 });
    expect(await verify(...draw, '--version', '3')).toMatchObject({ code: 2 });
  });
});
