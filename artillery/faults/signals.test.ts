import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { holdStill } from './signals.ts';

let parent: ChildProcess | undefined;
afterEach(async () => {
  if (!parent?.pid) return;
  const exited = once(parent, 'exit');
  process.kill(-parent.pid, 'SIGKILL');
  await exited;
});

const stateOf = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
};

test('a process is held still with those that it started, and goes on afterwards', async () => {
  parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
  const pids = [parent.pid as number, Number(said)];
  const letGo = await holdStill(pids[0] as number);
  expect(pids.map(stateOf)).toEqual(['T', 'T']);
  await letGo();
  await until(() => !pids.map(stateOf).includes('T'));
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not come to that');
    await wait(5);
  }
}
