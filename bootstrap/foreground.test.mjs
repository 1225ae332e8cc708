import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test, vi } from 'vitest';

const launchers = [];
afterEach(() => {
  for (const launcher of launchers.splice(0)) launcher.kill('SIGKILL');
});

/** Starts the launcher around a script; `lines` are the script's output so far. */
function launch(script, endsOnDisconnect = true) {
  const fixture = join(import.meta.dirname, 'foreground.fixture.mjs');
  const launcher = spawn(process.execPath, [fixture, String(endsOnDisconnect), script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launchers.push(launcher);
  const lines = [];
  createInterface({ input: launcher.stdout }).on('line', (line) => lines.push(line));
  return { launcher, lines, exited: once(launcher, 'exit') };
}

const untilItStands = (lines) => vi.waitFor(() => expect(lines[0]).toMatch(/^\d+$/), { timeout: 5_000 });

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Takes a while to clean up, and prints its process id when `listens` is in place. */
const slowToEnd = (listens) => `
  const timer = setInterval(() => {}, 1000);
  let asked = 0;
  const cleanUp = () => {
    if (++asked > 1) console.log('asked twice');
    setTimeout(() => { console.log('cleaned up'); process.exit(7); }, 200);
  };
  ${listens}
  console.log(process.pid);
`;

test('the exit code of the command is the exit code of npm run', async () => {
  const { exited } = launch('process.exit(3)');
  expect(await exited).toEqual([3, null]);
});

test('a command that a signal killed counts as failed, as shells have it', async () => {
  const { exited } = launch(`process.kill(process.pid, 'SIGKILL')`);
  expect(await exited).toEqual([137, null]);
});

test.each(/** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))(
  'on %s the command is asked to end once, and npm waits for its clean-up',
  async (signal) => {
    const { launcher, lines, exited } = launch(
      slowToEnd(`process.on('disconnect', cleanUp); process.on('SIGTERM', cleanUp);`),
    );
    await untilItStands(lines);
    launcher.kill(signal);
    expect(await exited).toEqual([7, null]);
    expect(lines.slice(1)).toEqual(['cleaned up']);
  },
);

test('a command that only handles signals gets the signal', async () => {
  const { launcher, lines, exited } = launch(slowToEnd(`process.on('SIGTERM', cleanUp);`), false);
  await untilItStands(lines);
  launcher.kill('SIGTERM');
  expect(await exited).toEqual([7, null]);
});

test('a command ends when its launcher is killed with SIGKILL', async () => {
  const { launcher, lines } = launch(slowToEnd(`process.on('disconnect', cleanUp);`));
  await untilItStands(lines);
  const pid = Number(lines[0]);
  launcher.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
});
