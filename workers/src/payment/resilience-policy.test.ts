import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createResiliencePolicy, ProviderUnavailable, type ResiliencePolicy } from './resilience-policy.ts';

const fail = () => Promise.reject(new Error('500'));
const guardOf = (options: Partial<Parameters<typeof createResiliencePolicy>[0]> = {}): ResiliencePolicy =>
  createResiliencePolicy({
    timeoutMs: 1_000,
    concurrency: 2,
    openAfterFailures: 3,
    probeAfterMs: 150,
    ...options,
  });

async function open(guard: ResiliencePolicy): Promise<void> {
  for (const _ of [1, 2, 3]) await guard.run(fail).catch(() => {});
  expect(guard.state()).toBe('open');
}

test('failures in a row open the breaker, and then no call is made', async () => {
  const guard = guardOf();
  const call = vi.fn(fail);
  for (const _ of [1, 2, 3]) await expect(guard.run(call)).rejects.toThrow('500');
  expect(guard.state()).toBe('open');
  await expect(guard.run(call)).rejects.toBeInstanceOf(ProviderUnavailable);
  expect(call).toHaveBeenCalledTimes(3);
});

test('a success in between begins the count anew', async () => {
  const guard = guardOf();
  for (const call of [fail, fail, async () => {}, fail, fail]) await guard.run(call).catch(() => {});
  expect(guard.state()).toBe('closed');
});

test('an open breaker says when to come again, and one success then closes it', async () => {
  const guard = guardOf();
  await open(guard);
  expect(guard.check).toThrow(ProviderUnavailable);
  const error = await guard.run(fail).catch((refusal: ProviderUnavailable) => refusal);
  expect((error as ProviderUnavailable).delayMs).toBeGreaterThan(0);
  await vi.waitFor(() => guard.check(), { timeout: 2_000, interval: 10 });
  await guard.run(async () => {});
  expect(guard.state()).toBe('closed');
});

test('a failed probe opens it again', async () => {
  const guard = guardOf();
  await open(guard);
  await vi.waitFor(() => guard.check(), { timeout: 2_000, interval: 10 });
  await expect(guard.run(fail)).rejects.toThrow('500');
  expect(guard.state()).toBe('open');
  expect(guard.check).toThrow(ProviderUnavailable);
});

test('a call that takes too long is a failure, in bounded time', async () => {
  const guard = guardOf({ timeoutMs: 50, openAfterFailures: 1 });
  await expect(guard.run(() => delay(60_000, undefined, { ref: false }))).rejects.toThrow(/timed out/);
  expect(guard.state()).toBe('open');
});

test('more calls than it holds are turned away, which is no failure of the provider', async () => {
  const guard = guardOf({ concurrency: 1, openAfterFailures: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const running = [guard.run(() => promise), guard.run(() => promise)];
  await expect(guard.run(() => promise)).rejects.toBeInstanceOf(ProviderUnavailable);
  expect(guard.state()).toBe('closed');
  resolve();
  await Promise.all(running);
});
