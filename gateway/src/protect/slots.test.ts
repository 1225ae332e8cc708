import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('at most the limit at a time, the queue in order, the rest refused at once', async () => {
  const slots = createSlots({ most: 2, waiting: 2, waitLimitMs: 10_000, share: 1 });
  const entered: number[] = [];
  const enter = async (clientKey: number) => {
    const leave = await slots.take(null);
    entered.push(clientKey);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await expect(slots.take(null)).rejects.toMatchObject({ code: 'overloaded' });
  expect(entered).toEqual([1, 2]);
  first();
  first();
  const releaseThird = await third;
  expect(slots.taken).toBe(2);
  expect(entered).toEqual([1, 2, 3]);
  releaseThird();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});

test('nobody waits for ever', async () => {
  const slots = createSlots({ most: 1, waiting: 5, waitLimitMs: 20, share: 1 });
  const leave = await slots.take(null);
  await expect(slots.take(null)).rejects.toMatchObject({ code: 'overloaded' });
  leave();
  expect(slots.taken).toBe(0);
  await slots.take(null);
});

test('one client has its share of slots and queue, and does not block others', async () => {
  const slots = createSlots({ most: 4, waiting: 2, waitLimitMs: 10_000, share: 0.5 });
  const entered: string[] = [];
  const enter = async (clientKey: string | null) => {
    const leave = await slots.take(clientKey);
    entered.push(String(clientKey));
    return leave;
  };
  const first = await enter('a');
  await enter('a');
  const third = enter('a');
  await expect(slots.take('a')).rejects.toMatchObject({ code: 'overloaded' });
  const others = [await enter('b'), await enter(null)];
  // The first in line has used its share, so the next one is first.
  const waiting = enter('b');
  others[0]?.();
  await waiting;
  expect(entered).toEqual(['a', 'a', 'b', 'null', 'b']);
  first();
  await third;
  expect(entered.at(-1)).toBe('a');
  expect(slots.taken).toBe(4);
});

test('a client’s waiting requests are limited by its share: its next free slot goes to them, and others are not refused', async () => {
  const slots = createSlots({ most: 2, waiting: 4, waitLimitMs: 10_000, share: 0.5 });
  const mine = await slots.take('a');
  const next = slots.take('a');
  expect(slots.taken).toBe(1);
  const other = await slots.take('b');
  other();
  expect(slots.taken).toBe(1);
  mine();
  await next;
  expect(slots.taken).toBe(1);
});
