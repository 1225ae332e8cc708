import { connectDb } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { createDatabaseBulkhead } from './database-bulkhead.ts';

describe('the turn at the database', () => {
  const log = createLog('test', 'silent');
  let lifecycle = createLifecycle();
  beforeEach(() => {
    lifecycle = createLifecycle();
  });
  afterEach(() => lifecycle.close());

  const connect = (url: string) => connectDb(url, { name: 'turn-test', max: 2, lifecycle, log }).sql;

  test('runs as many as there are slots, queues as many as fit, and refuses the rest at once', async () => {
    const sql = connect(inject('databaseUrl'));
    const turn = createDatabaseBulkhead({ slots: 2, queue: 3 });
    const answers = Array.from({ length: 10 }, () =>
      turn
        .run(() => sql`select pg_sleep(0.05)`)
        .then(
          () => 'done',
          (problem) => problem,
        ),
    );
    expect([turn.running, turn.waiting]).toEqual([2, 3]);
    const settled = await Promise.all(answers);
    expect(settled.slice(0, 5)).toEqual(Array(5).fill('done'));
    for (const refused of settled.slice(5)) {
      expect(refused).toMatchObject({ code: 'overloaded' });
      expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    }
    expect([turn.running, turn.waiting]).toEqual([0, 0]);
  });

  test('is not even tried for a moment after the database was away five times, and comes back with it', async () => {
    const away = connect('postgres://nobody:x@127.0.0.1:1/nowhere');
    const sql = connect(inject('databaseUrl'));
    const turn = createDatabaseBulkhead({ slots: 2 });
    for (let time = 0; time < 5; time += 1)
      await expect(turn.run(() => away`select 1`)).rejects.toMatchObject({ code: 'unavailable' });
    const tried = vi.fn(() => sql`select 1 as one`);
    await expect(turn.run(tried)).rejects.toMatchObject({ code: 'unavailable' });
    expect(tried).not.toHaveBeenCalled();
    await vi.waitFor(async () => expect(await turn.run(tried)).toEqual([{ one: 1 }]), { timeout: 5_000 });
  });

  test('lets a fault of our own through as it is, and does not take it for an outage', async () => {
    const sql = connect(inject('databaseUrl'));
    const turn = createDatabaseBulkhead({ slots: 2 });
    for (let time = 0; time < 8; time += 1)
      await expect(turn.run(() => sql`select nonsense`)).rejects.toMatchObject({ code: '42703' });
  });
});
