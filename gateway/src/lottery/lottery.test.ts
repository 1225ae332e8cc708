import { afterEach, describe, expect, inject, test } from 'vitest';
import { openTestRoom, type TestRoom } from '../testing/room.ts';
import { commitmentTo, newSeed, numberOf } from './draw.ts';

const rooms: TestRoom[] = [];
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

/** A lottery room whose lobby is open; `configure({ state: 'open' })` draws. */
async function openLobby(seed: string): Promise<TestRoom> {
  const room = await openTestRoom(inject('redisUrl'), { lotterySeed: seed, rate: 60_000, state: 'lobby' });
  rooms.push(room);
  return room;
}

describe('the permutation', () => {
  test.each([2, 3, 4, 5, 16, 17, 1_000, 4_097])('gives each of %i places exactly once', (size) => {
    const seed = newSeed();
    const numbers = Array.from({ length: size }, (_, at) => numberOf(at + 1, { seed, size }));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at + 1));
  });

  test('leaves late-comers in the order of arrival', () => {
    const draw = { seed: newSeed(), size: 10 };
    expect([11, 12, 500].map((index) => numberOf(index, draw))).toEqual([11, 12, 500]);
  });

  test('favours nobody: over many seeds every place is as good as any other', () => {
    const size = 20;
    const sums = Array.from({ length: size }, () => 0);
    const draws = 4_000;
    for (let draw = 0; draw < draws; draw += 1) {
      const seed = `seed-${draw}`;
      for (let index = 1; index <= size; index += 1) sums[index - 1]! += numberOf(index, { seed, size });
    }
    // The mean of 1…20 is 10.5; with 4,000 draws its standard error is 0.09, so 0.5 is more than five of them.
    for (const sum of sums) expect(Math.abs(sum / draws - 10.5)).toBeLessThan(0.5);
  });

  test('is kept by its commitment: another seed has another', () => {
    const seed = newSeed();
    expect(commitmentTo(seed)).toMatch(/^[0-9a-f]{64}$/);
    expect(commitmentTo(`${seed}0`)).not.toBe(commitmentTo(seed));
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
    const draw = { seed, size };

    for (let index = 1; index <= size; index += 1) {
      const [code, number] = await room.heartbeat(index);
      expect([code, number]).toEqual([1, numberOf(index, draw)]);
    }
    expect((await room.heartbeat(late)).slice(0, 2)).toEqual([1, late]);

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
      Promise.all(Array.from({ length: 20 }, async (_, at) => (await room.heartbeat(at + 1))[1]));
    const first = await numbers();
    await room.join();
    await room.configure({ state: 'paused', rate: 7 });
    await room.configure({ state: 'open' });
    expect(await numbers()).toEqual(first);
  });

  test('who left the lobby is passed over after the draw, and counts for nobody', async () => {
    const seed = newSeed();
    const room = await openLobby(seed);
    for (let joined = 0; joined < 10; joined += 1) await room.join();
    await room.leave(3);
    await room.leave(8);
    expect((await room.heartbeat(3))[0]).toBe(-2);
    await room.configure({ state: 'paused' });
    await room.configure({ state: 'open' });
    const order: number[] = [];
    for (let step = 0; step < 20; step += 1) {
      await room.advance(100);
      await room.tick(1);
      for (const index of await room.called()) if (!order.includes(index)) order.push(index);
    }
    const draw = { seed, size: 10 };
    const expected = [1, 2, 4, 5, 6, 7, 9, 10].toSorted((a, b) => numberOf(a, draw) - numberOf(b, draw));
    expect(order).toEqual(expected);
  });

  test('opening writes as much for a million as for ten: what it takes is two fields', async () => {
    const room = await openLobby(newSeed());
    await room.redis.hset(room.keys.room, 'issued', 1_000_000);
    const before = await room.redis.hgetall(room.keys.room);
    await room.configure({ state: 'open' });
    const after = await room.redis.hgetall(room.keys.room);
    const changed = Object.keys(after).filter((field) => after[field] !== before[field]);
    expect(changed.toSorted()).toEqual(['credit', 'lottery_size', 'state', 'version']);
    expect(after.lottery_size).toBe('1000000');
    expect((await room.heartbeat(999_999))[0]).toBe(1);
  });
});
