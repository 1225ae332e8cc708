import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseUrl, EnvironmentError, FROM_FILES, port, publicUrl, readEnv, secret } from './env.ts';

const schema = z.object({ SECRET: secret, PORT: port.default(3000), PUBLIC_URL: publicUrl.optional() });

test('all errors are reported at once, with their fixes', () => {
  const read = () => readEnv(schema, { SECRET: 'short', PORT: 'many', PUBLIC_URL: 'http://shop.example' });
  expect(read).toThrow(EnvironmentError);
  for (const part of [/SECRET: is too short.*openssl/, /PORT:/, /PUBLIC_URL: must be https/])
    expect(read).toThrow(part);
});

test('a secret is required and has no default; an empty one counts as missing', () => {
  expect(() => readEnv(schema, {})).toThrow(/SECRET: is required/);
  expect(() => readEnv(schema, { SECRET: '' })).toThrow(/SECRET: is required/);
});

test('plain http is accepted for this machine only', () => {
  const SECRET = 'x'.repeat(32);
  for (const PUBLIC_URL of ['http://localhost:3000', 'http://127.0.0.1:3000', 'https://shop.example'])
    expect(readEnv(schema, { SECRET, PUBLIC_URL })).toEqual({ SECRET, PORT: 3000, PUBLIC_URL });
});

test.each([
  'postgres://user:pass@db.example:5432/shop',
  'postgresql://user@db.example/shop',
  'postgres://user:p%40ss@a.example:5432,b.example:5433/shop?sslmode=require',
  'postgres://user:pass@[2001:db8::1]:5432,10.0.0.7/shop',
])('an address of Postgres: %s', (DATABASE_URL) => {
  expect(readEnv(z.object({ DATABASE_URL: databaseUrl }), { DATABASE_URL })).toEqual({ DATABASE_URL });
});

test.each([
  'db.example:5432',
  'mysql://user@db.example/shop',
  'postgres://user@a.example:5432,b:x/shop',
  'postgres://',
])('not an address of Postgres: %s', (DATABASE_URL) => {
  const read = () => readEnv(z.object({ DATABASE_URL: databaseUrl }), { DATABASE_URL });
  expect(read).toThrow(/DATABASE_URL: must look like postgres:/);
});

const folder = mkdtempSync(join(tmpdir(), 'env-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const root = join(import.meta.dirname, '../..');

/** @returns the path of a file with this text */
function fileWith(text: string): string {
  const path = join(folder, `${text.length}`);
  writeFileSync(path, text);
  return path;
}

test.each(FROM_FILES)('%s can be a file', (name) => {
  const one = z.object({ [name]: z.string() });
  expect(readEnv(one, { [`${name}_FILE`]: fileWith('a value\n') })).toEqual({ [name]: 'a value' });
});

const files = z.object({ ORDER_SECRET: secret, DATABASE_URL: databaseUrl });

test('a value and its file, or a file that cannot be used, are errors, reported with all others', () => {
  const value = 'x'.repeat(32);
  const read = (more: NodeJS.ProcessEnv) => () => readEnv(files, { DATABASE_URL: 'none', ...more });
  const both = read({ ORDER_SECRET: value, ORDER_SECRET_FILE: fileWith(value) });
  expect(both).toThrow('ORDER_SECRET_FILE: and ORDER_SECRET are set: set only one of them');
  expect(read({ ORDER_SECRET_FILE: '/none' })).toThrow(/ORDER_SECRET_FILE: cannot be read: ENOENT/);
  expect(read({ ORDER_SECRET_FILE: fileWith('\n') })).toThrow(/ORDER_SECRET_FILE: is empty/);
  expect(read({ ORDER_SECRET_FILE: fileWith('short') })).toThrow(/ORDER_SECRET: is too short/);
  // The secret is reported once, and the other variable too.
  const lines = (() => {
    try {
      return read({ ORDER_SECRET_FILE: '/none' })();
    } catch (error) {
      return String(error).split('\n').slice(1);
    }
  })();
  expect(lines).toEqual([
    expect.stringContaining('ORDER_SECRET_FILE: cannot be read'),
    expect.stringContaining('DATABASE_URL: must look like'),
  ]);
});

test('an optional secret whose file cannot be read is an error, too', () => {
  const optional = z.object({ ADMIN_KEY: z.string().optional() });
  expect(() => readEnv(optional, { ADMIN_KEY_FILE: '/none' })).toThrow(/ADMIN_KEY_FILE: cannot be read/);
});

test('every secret of a service can be a file, and the document lists them', () => {
  const schemas = ['gateway', 'checkout', 'workers', 'kit/src/redis/settings', 'db'].map((place) =>
    readFileSync(join(root, place.includes('/') ? `${place}.ts` : `${place}/src/env.ts`), 'utf8'),
  );
  const named = schemas.flatMap((text) => [...text.matchAll(/^ +(\w+_(?:SECRET|KEY|PASSWORD)): /gm)]);
  const secrets = named.map(([, name]) => name as string).filter((name) => name !== 'STRIPE_PUBLISHABLE_KEY');
  expect(secrets.length).toBeGreaterThan(10);
  expect(FROM_FILES).toEqual(expect.arrayContaining(secrets));

  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const section = document.split('### Secrets as files')[1]?.split(/^##/m)[0] ?? '';
  const listed = [...section.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  for (const name of FROM_FILES) expect(listed).toContain(name);
});
