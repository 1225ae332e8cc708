import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('no more than the limit at a time, the line in order, the rest refused at once', async () => {
  const slots = createSlots({ most: 2, waiting: 2, patienceMs: 10_000 });
  const entered: number[] = [];
  const enter = async (who: number) => {
    const leave = await slots.take();
    entered.push(who);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await expect(slots.take()).rejects.toMatchObject({ code: 'overloaded' });
  expect(entered).toEqual([1, 2]);
  first();
  first();
  const leaveThird = await third;
  expect(slots.taken).toBe(2);
  expect(entered).toEqual([1, 2, 3]);
  leaveThird();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});

test('nobody waits without end', async () => {
  const slots = createSlots({ most: 1, waiting: 5, patienceMs: 20 });
  const leave = await slots.take();
  await expect(slots.take()).rejects.toMatchObject({ code: 'overloaded' });
  leave();
  expect(slots.taken).toBe(0);
  await slots.take();
});
