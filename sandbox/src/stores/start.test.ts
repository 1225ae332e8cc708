import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import postgres from 'postgres';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Stores, startStores } from './start.ts';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openCloud<T extends Parameters<typeof startStores>[0]>(options: T): Promise<Stores> {
  const stores = await startStores({ given: {}, ...options });
  closers.push(() => stores.stop());
  return stores as Stores;
}

function openRedis(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 20 });
  closers.push(() => redis.disconnect());
  return redis;
}

/** A separate temporary folder for a starter, so that leftovers can be found. */
function privateTmp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stores-test-'));
  chmodSync(folder, 0o711);
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function runStarter(env: NodeJS.ProcessEnv): ChildProcess {
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'starter.fixture.ts')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  closers.push(() => starter.kill('SIGKILL'));
  return starter;
}

async function messageWith<T>(starter: ChildProcess, field: string): Promise<T> {
  for (;;) {
    const [message] = await once(starter, 'message');
    if (field in message) return message[field];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Processes that work in the folder (where the system shows it: Linux). */
function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const withinSeconds = (seconds: number) => ({ timeout: seconds * 1_000, interval: 50 });

describe('the stores', () => {
  test('answers as durable Postgres with statement statistics and as Redis that never evicts', async () => {
    const stores = await openCloud({});

    const sql = postgres(stores.urls.databaseUrl, { max: 1 });
    closers.push(() => sql.end());
    const [settings] = await sql`
      select current_database() as name, current_setting('fsync') as fsync, current_setting('max_connections') as max,
             current_setting('listen_addresses') as listens, (select count(*) > 0 from pg_stat_statements) as counted`;
    expect(settings).toEqual({
      name: 'shopfast',
      fsync: 'on',
      max: '100',
      listens: '127.0.0.1',
      counted: true,
    });

    for (const url of [stores.urls.redisUrl, stores.urls.jobsRedisUrl]) {
      const redis = openRedis(url);
      expect(await redis.set('key', 'value')).toBe('OK');
      expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
      expect(await redis.config('GET', 'save')).toEqual(['save', '']);
      expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
    }
    expect(stores.urls.redisUrl).not.toBe(stores.urls.jobsRedisUrl);
  });

  test('runs beside another one', async () => {
    const [one, other] = await Promise.all([
      openCloud({ parts: ['waitroom'] }),
      openCloud({ parts: ['waitroom'] }),
    ]);
    await openRedis(one.urls.redisUrl).set('mine', '1');
    expect(await openRedis(other.urls.redisUrl).get('mine')).toBeNull();
  });

  test('a killed part restarts at the same address, with its data from the append-only file', async () => {
    const stores = await openCloud({ parts: ['waitroom'], appendOnly: true });
    const redis = openRedis(stores.urls.redisUrl);
    redis.on('error', () => {});
    await redis.set('kept', 'yes');
    const before = stores.pids.waitroom ?? 0;

    await stores.kill('waitroom');
    expect(isAlive(before)).toBe(false);
    expect(stores.pids.waitroom).toBeUndefined();

    await stores.restart('waitroom');
    expect(await redis.get('kept')).toBe('yes');
  });

  test('a killed Postgres restarts with all committed data', async () => {
    const stores = await openCloud({ parts: ['postgres'] });
    const sql = postgres(stores.urls.databaseUrl, { max: 1 });
    closers.push(() => sql.end());
    await sql`create table kept (id int)`;
    await sql`insert into kept values (7)`;

    await stores.kill('postgres');
    await stores.restart('postgres');
    const again = postgres(stores.urls.databaseUrl, { max: 1 });
    closers.push(() => again.end());
    expect(await again`select id from kept`).toEqual([{ id: 7 }]);
  });

  test('reports a part that dies unexpectedly, but not one that was stopped', async () => {
    const onDeath = vi.fn();
    const stores = await openCloud({ parts: ['waitroom', 'jobs'], onDeath });
    await stores.kill('jobs');
    process.kill(stores.pids.waitroom ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(onDeath).toHaveBeenCalled(), withinSeconds(5));
    expect(onDeath.mock.calls.map(([part]) => part)).toEqual(['waitroom']);
  });

  test('a kept folder has the data for the next start, after a stop and after kill -9 of the supervisor', async () => {
    const keptFolder = join(privateTmp(), 'kept');
    const note = async (stores: Stores, value: string) => {
      const sql = postgres(stores.urls.databaseUrl, { max: 1, onnotice: () => {} });
      await sql`create table if not exists notes (value text)`;
      await sql`insert into notes values (${value})`;
      const values = (await sql`select value from notes order by value`).map((row) => row.value);
      await sql.end();
      const redis = openRedis(stores.urls.redisUrl);
      await redis.rpush('notes', value);
      expect(await redis.lrange('notes', 0, -1)).toEqual(values);
      redis.disconnect();
      return values;
    };
    const parts = ['postgres', 'waitroom'] as const;

    const first = await openCloud({ parts, keptFolder });
    expect(first.folder).toBeUndefined();
    expect(await note(first, 'a')).toEqual(['a']);
    await first.stop();
    expect(processesIn(keptFolder)).toEqual([]);

    const second = await openCloud({ parts, keptFolder });
    expect(await note(second, 'b')).toEqual(['a', 'b']);
    process.kill(parentOf(second.pids.waitroom ?? 0), 'SIGKILL');
    await vi.waitFor(() => expect(processesIn(keptFolder)).toEqual([]), withinSeconds(10));

    const third = await openCloud({ parts, keptFolder });
    expect(await note(third, 'c')).toEqual(['a', 'b', 'c']);
  });

  test('uses the given servers and starts none instead', async () => {
    const given = {
      postgres: 'postgres://db.test/shop',
      waitroom: 'redis://redis.test:6379',
      jobs: 'redis://jobs.test:6379',
    };
    const stores = await startStores({ given });
    expect(stores.urls).toEqual({
      databaseUrl: given.postgres,
      redisUrl: given.waitroom,
      jobsRedisUrl: given.jobs,
    });
    expect(stores.pids).toEqual({});
    expect(stores.folder).toBeUndefined();
    await expect(stores.kill('postgres')).rejects.toThrow('it was not started here');
    await stores.stop();
  });
});

describe('nothing is left', () => {
  test('after stop: no process, no folder', async () => {
    const tmp = privateTmp();
    const starter = runStarter({ TMPDIR: tmp });
    const pids = await messageWith<number[]>(starter, 'pids');
    expect(pids).toHaveLength(3);
    expect(readdirSync(tmp)).toHaveLength(1);

    starter.kill('SIGTERM');
    expect(await once(starter, 'exit')).toEqual([0, null]);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('after kill -9 of the starter', async () => {
    const tmp = privateTmp();
    const starter = runStarter({ TMPDIR: tmp });
    const pids = await messageWith<number[]>(starter, 'pids');
    expect(pids.every(isAlive)).toBe(true);

    starter.kill('SIGKILL');
    await vi.waitFor(() => {
      expect(pids.filter(isAlive)).toEqual([]);
      expect(readdirSync(tmp)).toEqual([]);
    }, withinSeconds(10));
  });

  test.each([100, 300, 500, 800])(
    'after kill -9 of the starter %i ms into the start',
    async (milliseconds) => {
      const tmp = privateTmp();
      const starter = runStarter({ TMPDIR: tmp });
      await messageWith(starter, 'starting');
      await delay(milliseconds); // This delay is the tested moment of the kill; it does not wait for anything.

      starter.kill('SIGKILL');
      await once(starter, 'exit');
      await vi.waitFor(() => {
        expect(processesIn(tmp)).toEqual([]);
        expect(readdirSync(tmp)).toEqual([]);
      }, withinSeconds(10));
    },
  );

  test('after kill -9 of the supervisor: the starter ends the rest and says so', async () => {
    const tmp = privateTmp();
    const onDeath = vi.fn();
    vi.stubEnv('TMPDIR', tmp);
    const stores = await openCloud({ onDeath });
    vi.unstubAllEnvs();
    const pids = Object.values(stores.pids);
    expect(stores.folder).toBe(join(tmp, readdirSync(tmp)[0] as string));

    process.kill(parentOf(stores.pids.waitroom ?? 0), 'SIGKILL');
    await vi.waitFor(
      () => expect(onDeath).toHaveBeenCalledWith('supervisor', expect.any(String)),
      withinSeconds(10),
    );
    expect(pids.filter(isAlive)).toEqual([]);
    expect(readdirSync(tmp)).toEqual([]);
    await expect(stores.restart('jobs')).rejects.toThrow();
  });

  test('after a failed start, which says what to do', async () => {
    const tmp = privateTmp();
    const starter = runStarter({ TMPDIR: tmp, PATH: '/nowhere' });
    const failure = await messageWith<string>(starter, 'failure');
    expect(failure).toContain('Redis is not installed');
    expect(failure).toContain('REDIS_URL');
    await once(starter, 'exit');
    expect(processesIn(tmp)).toEqual([]);
    expect(readdirSync(tmp)).toEqual([]);
  });
});

function parentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}
