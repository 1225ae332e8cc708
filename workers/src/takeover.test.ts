import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStores } from '@shopfast/sandbox/stores/start';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openTestShop, type TestShop } from './testing/shop.ts';
import { SOON, servers } from './testing/urls.ts';

const PROMISED_MS = 60_000;

let shop: TestShop;
let folder: string;
beforeAll(async () => {
  shop = await openTestShop(servers());
  folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
});
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const logFile = () => join(folder, 'workers.log');
/** A held payment is not abandoned while a test looks at it. */
const PATIENT = { PAYMENT_TIMEOUT_MS: '60000' };
const startWorkerProcess = (env: Record<string, string> = {}) =>
  startProcess({
    name: 'workers',
    entry: join(import.meta.dirname, 'serve.ts'),
    env: { ...shop.env, ...PATIENT, ...env },
    logFile: logFile(),
  });

/**
 * The killed worker may not have stored the answer to a mail. Then it is sent again with the same Message-ID, and
 * mailboxes show it once.
 */
const differentMails = () => new Set(shop.inbox.mails().map(({ message_id }) => message_id)).size;

test('the jobs of a worker that is killed in the middle are done by another in less than 60 s, once', {
  timeout: 90_000,
}, async () => {
  const [first, second] = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
  onTestFinished(() => second.stop());
  await shop.stripe.misbehave({ held_payments: 'all' });
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(() => shop.placeOrder()));
  await vi.waitFor(async () => {
    const states = await Promise.all(orders.map(async (order) => (await shop.find(order)).payment_state));
    expect(new Set(states)).toEqual(new Set(['in_flight']));
  }, SOON);
  first.kill('SIGKILL');
  const killedAt = Date.now();
  await shop.stripe.behave();

  // Payments and mails: both kinds of jobs that the killed worker held are done.
  await vi.waitFor(
    async () => {
      expect(await Promise.all(orders.map(shop.stateOf))).toEqual(orders.map(() => 'paid'));
      expect(differentMails()).toBe(2 * orders.length);
    },
    { timeout: PROMISED_MS, interval: 200 },
  );
  expect(Date.now() - killedAt).toBeLessThan(PROMISED_MS);
  expect((await shop.stripe.state()).charged_more_than_once).toEqual([]);
  expect(await shop.violations()).toEqual([]);
});

test('a stopping worker finishes its jobs first', async () => {
  const worker = await startWorkerProcess();
  await shop.stripe.misbehave({ held_payments: 'all' });
  const order = await shop.placeOrder();
  await vi.waitFor(async () => expect((await shop.find(order)).payment_state).toBe('in_flight'), SOON);
  const stopped = worker.stop();
  // It closes its port first, and then waits for its jobs.
  await vi.waitFor(() => expect(fetch(`${worker.ready.url}/healthz`)).rejects.toThrow(), SOON);
  expect((await shop.find(order)).payment_state).toBe('in_flight');
  await shop.stripe.behave();
  await stopped;
  expect(await shop.stateOf(order)).toBe('paid');
});

test('a worker stops soon even while Redis is unavailable', async () => {
  const stores = await startStores({ parts: ['jobs'], given: {} });
  const worker = await startWorkerProcess({ JOBS_REDIS_URL: stores.urls.jobsRedisUrl });
  const order = await shop.placeOrder();
  await vi.waitFor(async () => expect(await shop.stateOf(order)).toBe('paid'), SOON);
  await stores.kill('jobs');
  await vi.waitFor(() => expect(readFileSync(logFile(), 'utf8')).toContain('ECONNREFUSED'), SOON);
  const toldAt = Date.now();
  await worker.stop();
  expect(Date.now() - toldAt).toBeLessThan(5_000);
  await stores.stop();
});
