import { listDeadLetters, resendDeadLetter } from '@shopfast/db/dead-letters';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sweepFailedJobs } from './dead-letters.ts';
import { openQueues } from './queues.ts';
import { openTestShop, type TestShop } from './testing/shop.ts';
import { SOON, servers } from './testing/urls.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers());
  shop.startWorkers({ plan: { attempts: 2 } });
});
afterEach(() => shop.inbox.misbehave({}));
afterAll(() => shop?.close());

const lettersOf = async (order: string) => {
  const letters = await listDeadLetters(shop.sql, { resent: false, limit: 1_000 });
  return letters.filter(({ payload }) => payload.order_id === order);
};

test('a job whose attempts ran out is a dead letter, and goes through when it is sent again', async () => {
  shop.inbox.misbehave({ refuse: true });
  const order = await shop.placeOrder();
  await vi.waitFor(async () => expect(await lettersOf(order)).toHaveLength(2), SOON);
  const letters = await lettersOf(order);
  for (const letter of letters)
    expect(letter).toMatchObject({
      queue: 'email',
      name: 'email.send',
      attempts: 2,
      error: expect.stringMatching(/421/),
    });
  expect(await shop.stateOf(order)).toBe('paid');

  shop.inbox.misbehave({});
  for (const { id } of letters) await resendDeadLetter(shop.sql, { id, now: new Date() });
  await vi.waitFor(() => expect(shop.inbox.mailsTo(`${order}@example.com`)).toHaveLength(2), SOON);
  expect(await lettersOf(order)).toEqual([]);
});

test('a job that nobody can read is a dead letter at once', async () => {
  const payload = { order_id: 'not an id', template: 'order_paid' };
  await shop.sql`
    insert into outbox (queue, name, payload) values ('email', 'email.send', ${shop.sql.json(payload)})`;
  await vi.waitFor(async () => {
    expect(await lettersOf('not an id')).toMatchObject([
      { attempts: 1, error: expect.stringMatching(/payload/) },
    ]);
  }, SOON);
});

test('the sweep finds a dead letter that could not be stored', async () => {
  await vi.waitFor(async () => expect(await lettersOf('not an id')).toHaveLength(1), SOON);
  await shop.sql`delete from dead_letters`;
  const lifecycle = createLifecycle(shop.log);
  const context = { log: shop.log, lifecycle };
  const queues = openQueues(connectRedis(shop.jobsRedisUrl, 'requests', context), context);
  await sweepFailedJobs(shop.sql, queues, Date.now() + 1_000);
  expect(await lettersOf('not an id')).toEqual([]);
  await sweepFailedJobs(shop.sql, queues, 0);
  await sweepFailedJobs(shop.sql, queues, 0);
  expect(await lettersOf('not an id')).toHaveLength(1);
  await lifecycle.close();
});
