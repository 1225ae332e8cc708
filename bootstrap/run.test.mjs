import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './project.mjs';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const COMMANDS = Object.keys(scripts).filter((name) => name !== 'typecheck:root'); // Only a step of typecheck.

/** As on a fresh clone: bootstrap and manifests, nothing installed. */
let clone;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'run-test-'));
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(clone, file));
  cpSync(join(root, 'bootstrap'), join(clone, 'bootstrap'), {
    recursive: true,
    filter: (source) => !source.includes('node_modules'),
  });
  for (const folder of JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces)
    cpSync(join(root, folder, 'package.json'), join(clone, folder, 'package.json'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** No program is on the PATH: any installation or start fails. */
function run(...args) {
  return new Promise((resolve) => {
    const options = { cwd: clone, env: { PATH: '/nowhere' } };
    execFile(process.execPath, ['bootstrap/run.mjs', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

/** Every path below a folder, to find written files. */
const inventory = () => readdirSync(clone, { recursive: true }).sort();

describe('before anything is installed', () => {
  test.each(COMMANDS)('%s --help shows its help, and installs, starts and writes nothing', async (name) => {
    expect(scripts[name]).toBe(`node bootstrap/run.mjs ${name}`);
    const before = inventory();
    const { code, stdout, stderr } = await run(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const called = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
    expect(stdout).toContain(`Usage: ${called} -- [options]`);
    expect(inventory()).toEqual(before);
  });

  test.each([
    [['start', '--units', 'abc'], /^--units must be a whole number from 1 to 100000, not "abc"\.$/m],
    [['start', '--units', '-1'], /^--units must be .* not "-1": a sale needs something to sell\.$/m],
    [['start', '--log-level', 'loud'], /^--log-level: there is no "loud"\. There is: trace, /m],
    [['start', '--port', '80'], /^--port must be a whole number from 1024 to 65000/m],
    [['start', 'now'], /^"now" is not understood/m],
    [['dev', '--port', '80'], /^--port must be a whole number from 1024 to 65000/m],
    [['seed', '--target'], /^--target needs a value\.$/m],
    [['demo', '--speed', '9'], /^There is no option --speed\.$/m],
    [['pictures', '--all'], /^There is no option --all\.$/m],
    [['faults', '--scenario', 'nothing'], /^--scenario: there is no "nothing"/m],
  ])('%j is refused with one clear line', async (args, message) => {
    const before = inventory();
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(inventory()).toEqual(before);
  });

  test('an unknown command gets the list of commands', async () => {
    const { code, stderr } = await run('strat');
    expect(code).toBe(1);
    expect(stderr).toContain('demo|start|dev|seed|test');
  });
});
