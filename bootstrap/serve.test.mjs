import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from './project.mjs';

const run = promisify(execFile);
const SYSTEM_NODE = '/usr/bin/node';

/** Runs the starter of the services. No service starts, because it gets no settings. */
async function serve(program, ...args) {
  const options = {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  };
  return run(program, ['serve.mjs', ...args], options).then(
    (ended) => ({ ...ended, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  );
}

test('an older Node gets one line that names the Node that is needed', async ({ skip }) => {
  const version = existsSync(SYSTEM_NODE) ? (await run(SYSTEM_NODE, ['--version'])).stdout.trim() : 'missing';
  if (version === 'missing' || Number(/^v(\d+)/.exec(version)?.[1]) >= 26) {
    const why = `no older Node to test with: ${SYSTEM_NODE} is ${version}`;
    console.warn(why);
    skip(why);
  }
  const { code, stdout, stderr } = await serve(SYSTEM_NODE, 'gateway');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    `ShopFast needs Node 26 or newer, and this is Node ${version.slice(1)} (${SYSTEM_NODE}).\n`,
  );
});

test('a service starts, and asks for its settings', async () => {
  const { code, stderr } = await serve(process.execPath, 'workers');
  expect(code).toBe(1);
  expect(stderr).toContain('DATABASE_URL: is required');
});

test('an unknown service gets the list of services', async () => {
  const { code, stderr } = await serve(process.execPath, 'shop');
  expect([code, stderr]).toEqual([1, 'Usage: node serve.mjs <gateway|checkout|workers>\n']);
  for (const service of ['gateway', 'checkout', 'workers'])
    expect(existsSync(join(root, service, 'src/serve.ts'))).toBe(true);
});
