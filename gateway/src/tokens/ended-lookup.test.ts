import { connectDb, type Sql } from '@shopfast/db/client';
import { revokeToken } from '@shopfast/db/revoked-tokens';
import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createEndedLookup } from './ended-lookup.ts';

const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);
let sql: Sql;
let second: Sql;
beforeAll(async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  sql = connectDb(database.url, { name: 'asked', max: 3, lifecycle, log }).sql;
  second = connectDb(database.url, { name: 'second', max: 2, lifecycle, log }).sql;
});
afterAll(() => lifecycle.close());

test('each of many concurrent requests gets its own answer', async () => {
  await revokeToken(sql, { jti: 'withdrawn', room: 'r', at: new Date() }, null);
  const lookUp = createEndedLookup({ sql, log });
  const jtis = Array.from({ length: 1_200 }, (_, n) => (n === 700 ? 'withdrawn' : `token-${n}`));
  const answers = await Promise.all(jtis.map(lookUp));
  expect(answers.filter((ended) => ended === true)).toHaveLength(1);
  expect(answers[700]).toBe(true);
  expect(answers).not.toContain(null);
});

test('a crowd whose Postgres hangs waits two seconds at most, in one statement, and takes no other connection', async () => {
  const gate = await second.reserve();
  await gate`begin`;
  await gate`lock table revoked_tokens in access exclusive mode`;
  try {
    const lookUp = createEndedLookup({ sql, log });
    const lookUps = Array.from({ length: 5_000 }, (_, n) => lookUp(`token-${n}`));
    let most = 0;
    const statements = new Set<string>();
    let isDone = false;
    const answered = Promise.all(lookUps).then((answers) => {
      isDone = true;
      return answers;
    });
    while (!isDone) {
      const rows = await second<{ started: string }[]>`
        select query_start::text as started from pg_stat_activity
        where datname = current_database() and application_name like '%asked%' and state = 'active'`;
      most = Math.max(most, rows.length);
      for (const { started } of rows) statements.add(started);
    }
    expect(new Set(await answered)).toEqual(new Set([null]));
    expect(most).toBe(1);
    // Each ends after the lock timeout of two seconds. Four of them would be needed for all who may wait.
    expect(statements.size).toBeLessThanOrEqual(2);
  } finally {
    await gate`rollback`;
    gate.release();
  }
});
