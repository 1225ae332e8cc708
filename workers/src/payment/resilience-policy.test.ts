import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createResiliencePolicy, ProviderUnavailable, type ResiliencePolicy } from './resilience-policy.ts';

const fail = () => Promise.reject(new Error('500'));
const policyOf = (options: Partial<Parameters<typeof createResiliencePolicy>[0]> = {}): ResiliencePolicy =>
  createResiliencePolicy({
    timeoutMs: 1_000,
    concurrency: 2,
    openAfterFailures: 3,
    probeAfterMs: 150,
    ...options,
  });

async function open(policy: ResiliencePolicy): Promise<void> {
  for (const _ of [1, 2, 3]) await policy.run(fail).catch(() => {});
  expect(policy.state()).toBe('open');
}

test('failures in a row open the breaker, and then no call is made', async () => {
  const policy = policyOf();
  const call = vi.fn(fail);
  for (const _ of [1, 2, 3]) await expect(policy.run(call)).rejects.toThrow('500');
  expect(policy.state()).toBe('open');
  await expect(policy.run(call)).rejects.toBeInstanceOf(ProviderUnavailable);
  expect(call).toHaveBeenCalledTimes(3);
});

test('a success in between resets the count', async () => {
  const policy = policyOf();
  for (const call of [fail, fail, async () => {}, fail, fail]) await policy.run(call).catch(() => {});
  expect(policy.state()).toBe('closed');
});

test('an open breaker says when to retry, and one success closes it', async () => {
  const policy = policyOf();
  await open(policy);
  expect(policy.check).toThrow(ProviderUnavailable);
  const error = await policy.run(fail).catch((refusal: ProviderUnavailable) => refusal);
  expect((error as ProviderUnavailable).delayMs).toBeGreaterThan(0);
  await vi.waitFor(() => policy.check(), { timeout: 2_000, interval: 10 });
  await policy.run(async () => {});
  expect(policy.state()).toBe('closed');
});

test('a failed probe opens it again', async () => {
  const policy = policyOf();
  await open(policy);
  await vi.waitFor(() => policy.check(), { timeout: 2_000, interval: 10 });
  await expect(policy.run(fail)).rejects.toThrow('500');
  expect(policy.state()).toBe('open');
  expect(policy.check).toThrow(ProviderUnavailable);
});

test('a call that takes too long is a failure, in bounded time', async () => {
  const policy = policyOf({ timeoutMs: 50, openAfterFailures: 1 });
  await expect(policy.run(() => delay(60_000, undefined, { ref: false }))).rejects.toThrow(/timed out/);
  expect(policy.state()).toBe('open');
});

test('calls beyond the bulkhead are refused, which is no failure of the provider', async () => {
  const policy = policyOf({ concurrency: 1, openAfterFailures: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const running = [policy.run(() => promise), policy.run(() => promise)];
  await expect(policy.run(() => promise)).rejects.toBeInstanceOf(ProviderUnavailable);
  expect(policy.state()).toBe('closed');
  resolve();
  await Promise.all(running);
});
