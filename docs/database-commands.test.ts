import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDb } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { startStores } from '@shopfast/sandbox/stores/start';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROGRAMS = join(import.meta.dirname, '../db/src');
const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);
let databaseUrl: string;
let folder: string;
beforeAll(async () => {
  // Roles belong to a whole server, so other tests must not share it.
  const stores = await startStores({ parts: ['postgres'], given: {} });
  lifecycle.onClose('stores', () => stores.stop());
  databaseUrl = stores.urls.databaseUrl;
  folder = mkdtempSync(join(tmpdir(), 'database-commands-'));
  lifecycle.onClose('folder', () => rmSync(folder, { recursive: true, force: true }));
});
afterAll(() => lifecycle.close());

type Ended = { code: number; stdout: string; stderr: string };

function run(program: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const options = { env: { PATH, NODE_COMPILE_CACHE, DATABASE_URL: databaseUrl, ...env } };
  return new Promise((resolve) =>
    execFile(process.execPath, [join(PROGRAMS, program), ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  );
}

async function rows(url: string, text: string): Promise<object[]> {
  const own = createLifecycle(log);
  try {
    return await connectDb(url, { name: 'test', max: 1, lifecycle: own, log }).sql.unsafe(text);
  } finally {
    await own.close();
  }
}

const canSignIn = (url: string): Promise<boolean> =>
  rows(url, 'select 1').then(
    () => true,
    () => false,
  );
const roles = () => rows(databaseUrl, `select rolname from pg_roles where rolname like 'shopfast\\_%'`);

/** The addresses with new passwords that the command shows, by service. */
const shown = ({ stdout }: Ended): Record<string, string> =>
  Object.fromEntries(
    [...stdout.matchAll(/^ {2}(\w+) +DATABASE_URL=(\S+)$/gm)].map(([, name, url]) => [name, url]),
  );

test('an empty database is migrated, gets its roles, and keeps their passwords until new ones are wanted', async () => {
  const early = await run('make-roles.ts', {});
  expect(early).toMatchObject({ code: 1, stdout: '' });
  expect(early.stderr).toMatch(/^npm run db:roles failed, and nothing has changed: .*does not exist\n$/);
  expect(await roles()).toEqual([]);

  expect(await run('migrate.ts', {})).toEqual({
    ...{ code: 0, stdout: 'The database is up to date.\n', stderr: '' },
  });

  const file = join(folder, 'gateway');
  writeFileSync(file, 'a-password-of-mine-1\n');
  const first = await run('make-roles.ts', { GATEWAY_PASSWORD_FILE: file });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).not.toContain('a-password-of-mine-1');
  const made = shown(first);
  expect(Object.keys(made)).toEqual(['checkout', 'workers']);
  const mine = databaseUrl.replace(/\/\/.*@/, '//shopfast_gateway:a-password-of-mine-1@');
  for (const url of [mine, ...Object.values(made)]) expect(await canSignIn(url)).toBe(true);
  expect(await canSignIn(mine.replace('mine-1', 'mine-2'))).toBe(false);

  const again = await run('make-roles.ts', {});
  expect([again.code, shown(again)]).toEqual([0, {}]);
  for (const url of [mine, ...Object.values(made)]) expect(await canSignIn(url)).toBe(true);

  const renewed = shown(await run('make-roles.ts', {}, '--new-passwords'));
  expect(Object.keys(renewed)).toEqual(['gateway', 'checkout', 'workers']);
  for (const url of Object.values(renewed)) expect(await canSignIn(url)).toBe(true);
  for (const url of [mine, ...Object.values(made)]) expect(await canSignIn(url)).toBe(false);
}, 60_000);

test.each([
  ['make-roles.ts', { GATEWAY_PASSWORD: 'short' }, [], 1, 'GATEWAY_PASSWORD: needs at least 16 letters'],
  ['make-roles.ts', { WORKERS_PASSWORD: "it's-too-clever-for-me" }, [], 1, 'WORKERS_PASSWORD: needs'],
  ['make-roles.ts', {}, ['--passwords'], 2, 'There is no option --passwords.'],
  ['migrate.ts', { DATABASE_URL: '' }, [], 1, 'DATABASE_URL: is required'],
  ['migrate.ts', {}, ['now'], 2, '"now" is not understood'],
])('%s with %j %j is refused in words', async (program, env, args, code, message) => {
  const ended = await run(program, env, ...args);
  expect(ended).toMatchObject({ code, stdout: '' });
  expect(ended.stderr).toContain(message);
  expect(ended.stderr).not.toMatch(/^ +at /m); // No stack.
  for (const password of Object.values(env).filter(Boolean)) expect(ended.stderr).not.toContain(password);
});
