import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDeadLetter } from './dead-letters.ts';
import { markJobDone, outboxBacklog, publishOutbox, requeue } from './outbox.ts';
import { openSale, type Sale } from './sale.fixture.ts';

describe('the outbox', () => {
  let sale: Sale;
  beforeEach(async () => {
    sale = await openSale();
    await Promise.all(Array.from({ length: 10 }, () => sale.place()));
  });
  afterEach(() => sale.close());

  const publish = (add: (ids: number[]) => unknown, { limit = 100, leaseSeconds = 30 } = {}) =>
    publishOutbox(sale.sql, { limit, leaseSeconds }, async (jobs) => {
      await add(jobs.map((job) => job.id));
    });

  test('is published in order, once, by relays that share it', async () => {
    const added: number[][] = [];
    const relay = async () => {
      while ((await publish((ids) => added.push(ids), { limit: 7 })) > 0);
    };
    await Promise.all([relay(), relay(), relay()]);
    const ids = added.flat();
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    for (const batch of added) expect(batch).toEqual([...batch].sort((a, b) => a - b));
    expect(await outboxBacklog(sale.sql)).toMatchObject({ jobs: 0 });
  });

  test('keeps its jobs when the queue fails, and the next try may start at once', async () => {
    const failure = publish(() => {
      throw new Error('the queue is unavailable');
    });
    await expect(failure).rejects.toThrow('the queue is unavailable');
    expect(await outboxBacklog(sale.sql)).toMatchObject({ jobs: 40 });
    expect(await publish(() => {})).toBe(40);
  });

  test('leaves leased jobs to their relay until the lease ends', async () => {
    await publish(async () => {
      expect(await publish(() => {})).toBe(0);
      await sale.sql`update outbox set taken_until = now()`;
      expect(await publish(() => {})).toBe(40);
    });
    expect(await publish(() => {})).toBe(0);
  });

  test('is published again until its jobs are done or dead letters, a delayed one not before it is due', async () => {
    await sale.sql`update outbox set delay_until = now() + interval '1 h' where delay_until is not null`;
    const ids: number[] = [];
    await publish((batch) => ids.push(...batch));
    const again = () => requeue(sale.sql, { lateMs: 30_000, limit: 100 });
    expect(await again()).toBe(0);

    await sale.sql`update outbox set published_at = published_at - interval '31 s'`;
    const delayed = await sale.sql<{ id: number }[]>`select id from outbox where delay_until is not null`;
    const notDue = delayed.map(({ id }) => id);
    const [done, dead] = ids.filter((id) => !notDue.includes(id)) as [number, number];
    await markJobDone(sale.sql, `outbox-${done}`);
    const failed = { queue: 'email', name: 'email.send', payload: {}, error: 'no', attempts: 1 } as const;
    await recordDeadLetter(sale.sql, { ...failed, job_id: `outbox-${dead}`, failed_at: new Date() });
    expect(await again()).toBe(40 - notDue.length - 2);
    const handedOver: number[] = [];
    await publish((batch) => handedOver.push(...batch));
    for (const id of [done, dead, ...notDue]) expect(handedOver).not.toContain(id);
    expect(await again()).toBe(0);

    await sale.sql`update outbox set delay_until = now() - interval '31 s' where delay_until is not null`;
    await sale.sql`update outbox set published_at = published_at - interval '31 s' where delay_until is not null`;
    expect(await again()).toBe(notDue.length);
  });
});
