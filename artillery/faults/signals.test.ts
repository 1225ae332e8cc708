import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, test } from 'vitest';
import { holdStill } from './signals.ts';

let parent: ChildProcess | undefined;
afterEach(async () => {
  if (!parent?.pid) return;
  const exited = once(parent, 'exit');
  process.kill(-parent.pid, 'SIGKILL');
  await exited;
});

/** A process with a child, in a separate process group. */
async function startTwo(): Promise<[number, number]> {
  parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout as Readable, 'data')) as [Buffer];
  return [parent.pid as number, Number(said)];
}

const stateOf = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
};

test('a process is stopped with its children, and continues afterwards', async () => {
  const pids = await startTwo();
  const letGo = await holdStill(pids[0]);
  await until(() => pids.map(stateOf).join('') === 'TT');
  await letGo();
  await until(() => !pids.map(stateOf).includes('T'));
});

test('it also continues when the stopping process is killed', async () => {
  const pids = await startTwo();
  const script = `
    import { holdStill } from ${JSON.stringify(join(import.meta.dirname, 'signals.ts'))};
    await holdStill(${pids[0]});
    console.log('held');
    setInterval(() => {}, 1_000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await until(() => pids.map(stateOf).join('') === 'TT');
  holder.kill('SIGKILL');
  await until(() => !pids.map(stateOf).includes('T'));
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition was not met in time');
    await wait(5);
  }
}
