import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ManagedProcess, type ProcessOptions, startProcess } from './processes.ts';

let folder: string;
const started: ManagedProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processes-test-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((managed) => managed.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const entry = join(import.meta.dirname, 'service.fixture.ts');
const logFile = () => join(folder, 'fixture.log');

async function start(mode: string, options: Partial<ProcessOptions> = {}): Promise<ManagedProcess> {
  const env = { FIXTURE: mode, GIVEN: 'yes' };
  const managed = await startProcess({ name: 'fixture', entry, env, logFile: logFile(), ...options });
  started.push(managed);
  return managed;
}

function isAlive(pid: unknown): boolean {
  try {
    return process.kill(pid as number, 0);
  } catch {
    return false;
  }
}

test('a service is up when it announces it, with its environment, and down after stop', async () => {
  const onDeath = vi.fn();
  const managed = await start('well', { onDeath });
  expect(managed.ready).toMatchObject({ pid: managed.pid, given: 'yes' });
  await managed.stop();
  expect(managed.pid).toBeUndefined();
  expect(isAlive(managed.ready.pid)).toBe(false);
  expect(readFileSync(logFile(), 'utf8')).toContain('"reason":"SIGTERM"');
  expect(onDeath).not.toHaveBeenCalled();
});

test('a service inherits the environment, but no other Redis and no file of a secret that it is given', async () => {
  const ours = {
    GENERAL: '1',
    REDIS_CLUSTER: '127.0.0.1:1',
    JOBS_REDIS_SENTINELS: '127.0.0.1:1',
    GIVEN_FILE: '/none',
  };
  for (const [name, value] of Object.entries(ours)) vi.stubEnv(name, value);
  try {
    const { ready } = await start('well');
    expect(ready.names).toContain('GENERAL');
    expect(Object.keys(ours).filter((name) => (ready.names as string[]).includes(name))).toEqual(['GENERAL']);
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a service that fails during its start is reported with its output', async () => {
  await expect(start('fails at the start')).rejects.toThrow(/exit code 1[\s\S]+the port is taken/);
});

test('a service that is never ready is reported in time, and ended', async () => {
  await expect(start('never ready', { readyTimeoutMs: 1_500 })).rejects.toThrow('not ready in 1.5 s');
});

test('a service that dies unexpectedly is reported, once', async () => {
  const onDeath = vi.fn();
  await start('dies later', { onDeath });
  await vi.waitFor(() => expect(onDeath).toHaveBeenCalledWith(expect.stringContaining('exit code 9')), 5_000);
  expect(onDeath).toHaveBeenCalledTimes(1);
});

test('a service that was killed on purpose is not reported, and restart starts it again', async () => {
  const onDeath = vi.fn();
  const managed = await start('well', { onDeath });
  const before = managed.pid;
  managed.kill('SIGKILL');
  await vi.waitFor(() => expect(managed.pid).toBeUndefined(), 5_000);
  await managed.restart();
  expect(managed.pid).not.toBe(before);
  expect(isAlive(managed.pid)).toBe(true);
  expect(onDeath).not.toHaveBeenCalled();
});

test.each(['hangs at the end', 'is stopped by SIGSTOP'])(
  'a service that %s is killed after a while',
  async (mode) => {
    const managed = await start(mode, { stopTimeoutMs: 300 });
    const { pid } = managed;
    if (mode === 'is stopped by SIGSTOP') managed.kill('SIGSTOP');
    await managed.stop();
    expect(isAlive(pid)).toBe(false);
  },
);

test('a service ends when its starter is killed with SIGKILL, also in the middle of its start', async () => {
  const script = `
    import { startProcess } from ${JSON.stringify(join(import.meta.dirname, 'processes.ts'))};
    const options = { name: 'fixture', entry: ${JSON.stringify(entry)}, logFile: ${JSON.stringify(logFile())} };
    const managed = await startProcess({ ...options, env: { FIXTURE: 'well' } });
    void startProcess({ ...options, env: { FIXTURE: 'well' } });
    process.send(managed.pid);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [pid] = await once(starter, 'message');
  const second = childrenOf(starter.pid as number).find((child) => child !== pid);
  expect(isAlive(second)).toBe(true);
  starter.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(isAlive(pid)).toBe(false);
    expect(isAlive(second)).toBe(false);
  }, 10_000);
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}
