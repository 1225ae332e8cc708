import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isLocked, readLock } from './lint/packages.mjs';
import { installLocked } from './packages.mjs';

let folder;
let said;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-test-'));
  vi.stubEnv('TMPDIR', folder); // The log of a failure stays for its reader; here it is deleted with the folder.
  said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  said.mockRestore();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const words = () => said.mock.calls.map(([text]) => text).join('');

/** A project with one local package: npm needs no network for it. */
function writeProject({ version }) {
  const dependency = { name: 'greeting', version };
  const project = { name: 'project', version, workspaces: ['greeting'] };
  const lock = {
    ...{ name: 'project', version, lockfileVersion: 3, requires: true },
    packages: {
      '': project,
      greeting: dependency,
      'node_modules/greeting': { resolved: 'greeting', link: true },
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  rmSync(join(folder, 'greeting'), { recursive: true, force: true });
  mkdirSync(join(folder, 'greeting'));
  writeFileSync(join(folder, 'greeting', 'package.json'), JSON.stringify(dependency));
}

describe('installing what the lock file asks for', () => {
  test('happens when packages are missing, says why, and is silent when nothing is missing', async () => {
    writeProject({ version: '1.0.0' });
    const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    await installLocked(folder, process.env, 'the packages');
    expect(existsSync(join(folder, 'node_modules', 'greeting'))).toBe(true);
    expect(words()).toContain('Installing the packages: there is no node_modules yet.');
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(lock);

    said.mockClear();
    await installLocked(folder, process.env, 'the packages');
    expect(words()).toBe('');
  });

  test('is skipped if somebody ran npm by hand with the same result', async () => {
    writeProject({ version: '1.0.0' });
    await installLocked(folder, process.env, 'the packages');
    rmSync(join(folder, 'node_modules', '.shopfast-lock'));
    said.mockClear();
    await installLocked(folder, process.env, 'the packages');
    expect(words()).toBe('');
  });

  test('happens again when the lock file asks for something else', async () => {
    writeProject({ version: '1.0.0' });
    await installLocked(folder, process.env, 'the packages');
    const recordFile = join(folder, 'node_modules', '.package-lock.json');
    const record = JSON.parse(readFileSync(recordFile, 'utf8'));
    record.packages['node_modules/greeting'].version = '0.9.0'; // As if an older version were installed.
    writeFileSync(recordFile, JSON.stringify(record));
    writeProject({ version: '1.0.1' });
    said.mockClear();
    await installLocked(folder, process.env, 'the packages');
    expect(words()).toContain('package-lock.json has changed since the last installation');
  });

  test('happens once when two commands are started at the same time', async () => {
    writeProject({ version: '1.0.0' });
    await Promise.all([1, 2].map(() => installLocked(folder, process.env, 'the packages')));
    expect(words().match(/Installing/g)).toHaveLength(1);
  });

  test('that fails shows npm’s output and what to do, and is tried again the next time', async () => {
    writeProject({ version: '1.0.0' });
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    const failing = installLocked(folder, process.env, 'the packages');
    await expect(failing).rejects.toThrow(/npm error[\s\S]+run the same command again/);
    expect(existsSync(join(folder, 'node_modules', '.shopfast-lock'))).toBe(false);
  });
});

test('the lock file names the packages of every platform, so that npm ci works on each', () => {
  const packages = readLock('.');
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${name} of ${path}`),
  );
  expect(missing).toEqual([]);
});
