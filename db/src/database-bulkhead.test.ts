import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { connectDb } from './client.ts';
import { createDatabaseBulkhead } from './database-bulkhead.ts';

describe('the database bulkhead', () => {
  const log = createLog('test', 'silent');
  let lifecycle = createLifecycle();
  beforeEach(() => {
    lifecycle = createLifecycle();
  });
  afterEach(() => lifecycle.close());

  const connect = (url: string) => connectDb(url, { name: 'bulkhead-test', max: 2, lifecycle, log }).sql;

  test('runs as many as there are slots, queues as many as fit, and refuses the rest at once', async () => {
    const sql = connect(inject('databaseUrl'));
    const bulkhead = createDatabaseBulkhead({ slots: 2, queue: 3 });
    const answers = Array.from({ length: 10 }, () =>
      bulkhead
        .run(() => sql`select pg_sleep(0.05)`)
        .then(
          () => 'done',
          (problem) => problem,
        ),
    );
    expect([bulkhead.running, bulkhead.waiting]).toEqual([2, 3]);
    const settled = await Promise.all(answers);
    expect(settled.slice(0, 5)).toEqual(Array(5).fill('done'));
    for (const refused of settled.slice(5)) {
      expect(refused).toMatchObject({ code: 'overloaded' });
      expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    }
    expect([bulkhead.running, bulkhead.waiting]).toEqual([0, 0]);
  });

  test('opens for a moment after five failures of the database, and closes when the database is back', async () => {
    const unreachable = connect('postgres://nobody:x@127.0.0.1:1/nowhere');
    const sql = connect(inject('databaseUrl'));
    const bulkhead = createDatabaseBulkhead({ slots: 2 });
    for (let time = 0; time < 5; time += 1)
      await expect(bulkhead.run(() => unreachable`select 1`)).rejects.toMatchObject({ code: 'unavailable' });
    const tried = vi.fn(() => sql`select 1 as one`);
    await expect(bulkhead.run(tried)).rejects.toMatchObject({ code: 'unavailable' });
    expect(tried).not.toHaveBeenCalled();
    await vi.waitFor(async () => expect(await bulkhead.run(tried)).toEqual([{ one: 1 }]), { timeout: 5_000 });
  });

  test('passes our own errors on unchanged, and does not count them as outages', async () => {
    const sql = connect(inject('databaseUrl'));
    const bulkhead = createDatabaseBulkhead({ slots: 2 });
    for (let time = 0; time < 8; time += 1)
      await expect(bulkhead.run(() => sql`select nonsense`)).rejects.toMatchObject({ code: '42703' });
  });
});
