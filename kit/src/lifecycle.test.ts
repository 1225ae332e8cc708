import { expect, test } from 'vitest';
import { createLifecycle } from './lifecycle.ts';

test('closing runs in reverse, continues after a failure and throws the first one', async () => {
  const lifecycle = createLifecycle();
  const closed: string[] = [];
  lifecycle.onClose('database', () => closed.push('database'));
  lifecycle.onClose('queue', () => {
    throw new Error('queue is stuck');
  });
  lifecycle.onClose('cache', () => {
    throw new Error('cache is stuck');
  });
  lifecycle.onClose('server', () => closed.push('server'));
  await expect(lifecycle.close()).rejects.toThrow('cache is stuck');
  expect(closed).toEqual(['server', 'database']);
});

test('closing twice closes once', async () => {
  const lifecycle = createLifecycle();
  let times = 0;
  lifecycle.onClose('part', () => {
    times += 1;
  });
  await Promise.all([lifecycle.close(), lifecycle.close()]);
  expect(times).toBe(1);
});
