import { expect, test } from 'vitest';
import { z } from 'zod';
import { EnvironmentError, port, publicUrl, readEnv, secret } from './env.ts';

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
