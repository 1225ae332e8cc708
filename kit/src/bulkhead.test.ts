import { expect, test } from 'vitest';
import { createBulkhead } from './bulkhead.ts';

test('at most the limit at a time, the queue in order, the rest refused at once', async () => {
  const bulkhead = createBulkhead({ slots: 2, queue: 2, waitLimitMs: 10_000 });
  const entered: number[] = [];
  const enter = async (clientKey: number) => {
    const leave = await bulkhead.take(null);
    entered.push(clientKey);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await expect(bulkhead.take(null)).rejects.toMatchObject({ code: 'overloaded' });
  expect(entered).toEqual([1, 2]);
  first();
  first();
  const releaseThird = await third;
  expect(bulkhead.running).toBe(2);
  expect(entered).toEqual([1, 2, 3]);
  releaseThird();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});

test('nobody waits for ever', async () => {
  const bulkhead = createBulkhead({ slots: 1, queue: 5, waitLimitMs: 20 });
  const leave = await bulkhead.take(null);
  await expect(bulkhead.take(null)).rejects.toMatchObject({ code: 'overloaded' });
  leave();
  expect(bulkhead.running).toBe(0);
  await bulkhead.take(null);
});

test('one client has its share of slots and queue, and does not block others', async () => {
  const bulkhead = createBulkhead({ slots: 4, queue: 2, waitLimitMs: 10_000, clientShare: 0.5 });
  const entered: string[] = [];
  const enter = async (clientKey: string | null) => {
    const leave = await bulkhead.take(clientKey);
    entered.push(String(clientKey));
    return leave;
  };
  const first = await enter('a');
  await enter('a');
  const third = enter('a');
  await expect(bulkhead.take('a')).rejects.toMatchObject({ code: 'overloaded' });
  const others = [await enter('b'), await enter(null)];
  // The first in line has used its share, so the next one is first.
  const waiting = enter('b');
  others[0]?.();
  await waiting;
  expect(entered).toEqual(['a', 'a', 'b', 'null', 'b']);
  first();
  await third;
  expect(entered.at(-1)).toBe('a');
  expect(bulkhead.running).toBe(4);
});

test('a client’s waiting requests are limited by its share: its next free slot goes to them, and others are not refused', async () => {
  const bulkhead = createBulkhead({ slots: 2, queue: 4, waitLimitMs: 10_000, clientShare: 0.5 });
  const mine = await bulkhead.take('a');
  const next = bulkhead.take('a');
  expect(bulkhead.running).toBe(1);
  const other = await bulkhead.take('b');
  other();
  expect(bulkhead.running).toBe(1);
  mine();
  await next;
  expect(bulkhead.running).toBe(1);
});

test('work runs in a slot, and leaves it also when it fails', async () => {
  const bulkhead = createBulkhead({ slots: 1, queue: 1, waitLimitMs: 10_000 });
  const { promise, reject } = Promise.withResolvers<never>();
  const failing = bulkhead.run(() => promise);
  const next = bulkhead.run(async () => 'done');
  await expect(bulkhead.run(async () => 'never')).rejects.toMatchObject({ code: 'overloaded' });
  expect([bulkhead.running, bulkhead.waiting]).toEqual([1, 1]);
  reject(new Error('broken'));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
  expect([bulkhead.running, bulkhead.waiting]).toEqual([0, 0]);
});

test('a caller that comes while a slot becomes free queues behind those who wait', async () => {
  const bulkhead = createBulkhead({ slots: 1, queue: 2, waitLimitMs: 10_000 });
  const entered: string[] = [];
  const first = await bulkhead.take(null);
  const waiter = bulkhead.run(async () => entered.push('waiter'));
  first();
  const later = bulkhead.run(async () => entered.push('later'));
  await Promise.all([waiter, later]);
  expect(entered).toEqual(['waiter', 'later']);
});
