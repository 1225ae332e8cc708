import { expect, test } from 'vitest';
import { z } from 'zod';
import { databaseUrl, EnvironmentError, port, publicUrl, readEnv, secret } from './env.ts';

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
