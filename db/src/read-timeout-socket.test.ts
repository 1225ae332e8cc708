import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { connectDb, type Sql } from './client.ts';
import { isUnavailable } from './postgres-error.ts';

const READ_TIMEOUT_MS = 400;

describe('a connection to Postgres', () => {
  const log = createLog('test', 'silent');
  let lifecycle = createLifecycle();
  let between: Server;
  /** Whether the answers of Postgres reach the client. */
  let answersCome: boolean;
  let sql: Sql;

  beforeEach(async () => {
    lifecycle = createLifecycle();
    answersCome = true;
    const url = new URL(inject('databaseUrl'));
    const { hostname, port } = url;
    between = createServer((client) => {
      const server = connect(Number(port), hostname);
      client.on('data', (chunk) => server.write(chunk));
      server.on('data', (chunk) => answersCome && client.write(chunk));
      client.on('close', () => server.destroy());
      for (const socket of [client, server]) socket.on('error', () => undefined);
    });
    lifecycle.onClose('between', () => new Promise<void>((done) => between.close(() => done())));
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    url.hostname = '127.0.0.1';
    url.port = String((between.address() as { port: number }).port);
    const options = { name: 'impatient', max: 1, readTimeoutMs: READ_TIMEOUT_MS, lifecycle, log };
    sql = connectDb(url.href, options).sql;
  });
  afterEach(() => lifecycle.close());

  const pid = async () => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid;

  test('that fell silent in the middle of a statement is dropped, and another one replaces it', async () => {
    await pid();
    answersCome = false;
    const asked = performance.now();
    const lost = await sql`select 1`.catch((error: unknown) => error);
    expect(isUnavailable(lost)).toBe(true);
    expect(performance.now() - asked).toBeLessThan(READ_TIMEOUT_MS * 3);
    answersCome = true;
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('that is idle is kept for any time', async () => {
    const before = await pid();
    await wait(READ_TIMEOUT_MS * 2);
    expect(await pid()).toBe(before);
  });

  test('that answers in time is kept, over many statements', async () => {
    const before = await pid();
    for (let at = 0; at < 4; at += 1) await sql`select pg_sleep(${READ_TIMEOUT_MS / 2_000})`;
    expect(await pid()).toBe(before);
  });
});
