import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let folder;
const started = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quietly-test-'));
});
afterEach(() => {
  for (const { pid } of started.splice(0)) endGroup(pid);
  rmSync(folder, { recursive: true, force: true });
});

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Runs a script under the set-up's runner; `said` is its visible output. */
function run(script, killAfterMs) {
  const fixture = join(import.meta.dirname, 'quietly.fixture.mjs');
  const args = killAfterMs === undefined ? [fixture, script] : [fixture, script, String(killAfterMs)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  started.push(child);
  const said = [];
  child.stderr.setEncoding('utf8').on('data', (text) => said.push(text));
  return { child, said: () => said.join(''), exited: once(child, 'exit') };
}

const pidFile = (name) => join(folder, name);
const whenWritten = (name) =>
  vi.waitFor(
    () => expect(existsSync(pidFile(name)) && readFileSync(pidFile(name), 'utf8')).toMatch(/^\d+$/),
    {
      timeout: 20_000,
    },
  );

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A program that ignores all signals, with a child that does too. Each writes its process id to a file. */
function stubborn() {
  const deaf = (name) => `
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
    setInterval(() => {}, 1000);
    require('node:fs').writeFileSync(${JSON.stringify(pidFile(name))}, String(process.pid));
  `;
  return `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf('child'))}], { stdio: 'ignore' });
    ${deaf('program')}
  `;
}

test.each(/** @type {const} */ (['SIGINT', 'SIGTERM']))(
  '%s ends a set-up that ignores signals, and all its children, within 3 s',
  async (signal) => {
    const { child, exited, said } = run(stubborn(), 2_000);
    await whenWritten('program');
    await whenWritten('child');
    const pids = ['program', 'child'].map((name) => Number(readFileSync(pidFile(name), 'utf8')));
    const asked = performance.now();
    child.kill(signal);
    expect(await exited).toEqual([1, null]);
    // 3 s on a quiet machine; this test does not depend on the load.
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(said()).toContain('Interrupted.');
    await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), { timeout: 10_000 });
  },
);

test('a program that handles signals ends by itself, and is not killed', async () => {
  const script = `
    process.on('SIGINT', () => { require('node:fs').writeFileSync(${JSON.stringify(pidFile('cleaned'))}, '1'); process.exit(0); });
    setInterval(() => {}, 1000);
    require('node:fs').writeFileSync(${JSON.stringify(pidFile('program'))}, String(process.pid));
  `;
  const { child, exited } = run(script, 60_000);
  await whenWritten('program');
  child.kill('SIGINT');
  expect(await exited).toEqual([1, null]);
  expect(existsSync(pidFile('cleaned'))).toBe(true);
});

test('a failure shows the program’s output', async () => {
  const { exited, said } = run(`console.log('the cause'); process.exit(3)`);
  expect(await exited).toEqual([1, null]);
  expect(said()).toMatch(/exit code 3[\s\S]+the cause[\s\S]+Try again/);
});
