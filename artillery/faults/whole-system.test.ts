import { setTimeout as wait } from 'node:timers/promises';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from './lab.ts';
import { type CrowdSize, runOnce } from './run.ts';
import { plansOf } from './schedule.ts';
import { summarise, toTable } from './whole-system.ts';

const SMALL: CrowdSize = { shoppers: 50, units: 6, rate: 300, tempo: 4 };
const TIMEOUT_MS = 90_000;

const lifecycle = createLifecycle();
let lab: Lab;
beforeAll(async () => {
  lab = await startLab(lifecycle, () => {});
}, TIMEOUT_MS);
afterAll(() => lifecycle.close());

const [reset] = plansOf(1, 1, { only: ['reset'], at: 'checkout to Postgres' });
const [kill] = plansOf(1, 1, { only: ['KILL'], at: 'waiting room Redis' });
if (!reset || !kill) throw new Error('the schedule has no such runs');

test('a run with a fault is judged: every guarantee holds, and shoppers are served again', {
  timeout: TIMEOUT_MS,
}, async () => {
  const report = await runOnce(lab, kill, SMALL);
  expect(report.broken).toEqual([]);
  expect(report.orders).toBeGreaterThanOrEqual(SMALL.units);
  expect(report.servedAfterMs).toBeGreaterThan(0);
  expect(report.seed).toBe(kill.seed);
});

test('a shop that sells more than its stock, and calls more than its rate, is detected', {
  timeout: TIMEOUT_MS,
}, async () => {
  const running = runOnce(lab, reset, SMALL);
  await sabotage();
  const report = await running;
  const broken = report.broken.map(({ guarantee }) => guarantee);
  expect(broken).toContain('Nothing is sold twice');
  expect(broken).toContain('Calls in any 5 s stay at the rate');
  const summary = summarise([report]);
  expect(summary).toMatchObject([{ kind: 'reset', runs: 1, broken: 1 }]);
  expect(toTable(summary)).toMatch(/^reset +1 +1 /m);
});

/** When units are sold there are five more of them, and forty people are called beyond the rate. */
async function sabotage(): Promise<void> {
  const { sql } = lab.books('', new Date());
  const { urls, adminKey } = lab.system;
  for (let done = false; !done; await wait(20)) {
    const [more] = await sql<{ room: string }[]>`
      update inventory i set stock = i.stock + 5, available = i.available + 5
      from products p where p.id = i.product_id and i.sold + i.held > 0 and i.stock = ${SMALL.units}
         and p.room_id like 'fault-%' and p.room_id not like '%-probe'
         and p.created_at > now() - interval '20 seconds' and i.available > 0
      returning p.room_id as room`;
    if (!more) continue;
    done = true;
    const answer = await fetch(`${urls.gateway}/v1/admin/rooms/${more.room}/admit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ count: 40 }),
    });
    expect(answer.status).toBe(200);
  }
}
