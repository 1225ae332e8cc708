import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

const TIMEOUT_MS = 180_000;
const mark = randomUUID();

/** Every process that inherited the mark. */
function marked(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
      } catch {
        return false; // It has ended, or belongs to another user.
      }
    });
}

afterEach(() => {
  for (const pid of marked()) process.kill(pid, 'SIGKILL');
});

test.runIf(process.platform === 'linux')(
  'Ctrl-C in the middle of a run ends everything that it started',
  { timeout: TIMEOUT_MS },
  async () => {
    const run = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--case', 'slow/silent'], {
      env: { ...process.env, ABUSE_MARK: mark },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(run, 'exit');
    let said = '';
    run.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    while (!said.includes('· sending')) {
      if (run.exitCode !== null) throw new Error(said);
      await wait(20);
    }
    expect(marked().length).toBeGreaterThan(5);
    run.kill('SIGINT');
    expect(await exited).toEqual([130, null]);
    while (marked().length > 0) await wait(50);
  },
);
