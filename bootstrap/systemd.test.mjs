import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FROM_FILES } from '@shopfast/kit/env';
import { expect, test } from 'vitest';
import { root } from './project.mjs';

const run = promisify(execFile);
const UNITS = join(root, 'deploy', 'systemd');
const units = readdirSync(UNITS).map((name) => ({ name, text: readFileSync(join(UNITS, name), 'utf8') }));

test.each(units)('$name gives secrets as files only, and time to stop', ({ text }) => {
  const credentials = [...text.matchAll(/^LoadCredential=([\w-]+):\/etc\/shopfast\/secrets\//gm)];
  const files = [...text.matchAll(/^Environment=(\w+)_FILE=%d\/([\w-]+)$/gm)];
  expect(files.map(([, , file]) => file)).toEqual(credentials.map(([, file]) => file));
  for (const [, variable] of files) expect(FROM_FILES).toContain(variable);
  const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(text) ?? [];
  const [DRAIN_SECONDS, CLOSING_SECONDS] = [5, 15];
  expect(Number(seconds)).toBeGreaterThan(DRAIN_SECONDS + CLOSING_SECONDS);
});

test('systemd accepts the units', async ({ skip }) => {
  const version = await run('systemd-analyze', ['--version']).catch(() => undefined);
  if (!version) {
    const why = 'the units were not verified: there is no systemd-analyze (Debian package: systemd)';
    console.warn(why);
    skip(why);
  }
  const folder = mkdtempSync(join(tmpdir(), 'systemd-test-'));
  const write = (change) =>
    units.map(({ name, text }) => {
      const path = join(folder, name);
      // A unit whose program does not exist is refused, and Node is elsewhere on this machine.
      writeFileSync(path, change(text).replace('/usr/local/bin/node', process.execPath));
      return path;
    });
  try {
    const { stderr } = await run('systemd-analyze', ['verify', ...write((text) => text)]);
    expect(stderr).toBe('');
    const wrong = write((text) => text.replace('TimeoutStopSec', 'TimeoutStopSeconds'));
    const { stderr: refused } = await run('systemd-analyze', ['verify', ...wrong]).catch((error) => error);
    expect(refused).toContain('TimeoutStopSeconds');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
