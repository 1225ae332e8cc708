import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readEnv } from '../env.ts';
import { type RedisPrefix, redisEnv } from './settings.ts';

const read = (source: Record<string, string>, prefix: RedisPrefix = '') =>
  readEnv(z.intersection(z.object({ PORT: z.string().optional() }), redisEnv(prefix)), source).redis;

/** The lines of the environment error, without its first one. */
function errorsOf(source: Record<string, string>, prefix: RedisPrefix = ''): string[] {
  try {
    read(source, prefix);
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
  return [];
}

test('one server, Sentinels or a Cluster', () => {
  expect(read({ REDIS_URL: 'redis://user:secret@a.internal/3' })).toEqual({
    ...{ kind: 'server', prefix: '', url: 'redis://user:secret@a.internal/3' },
  });
  const sentinels = 'a.internal, b.internal:26380,[::1]:1';
  expect(read({ REDIS_SENTINELS: sentinels, REDIS_SENTINEL_NAME: 'mymaster' })).toMatchObject({
    kind: 'sentinel',
    name: 'mymaster',
    sentinels: [
      { host: 'a.internal', port: 26_379 },
      { host: 'b.internal', port: 26_380 },
      { host: '::1', port: 1 },
    ],
  });
  expect(read({ REDIS_CLUSTER: 'a.internal:7000' })).toMatchObject({
    kind: 'cluster',
    nodes: [{ host: 'a.internal', port: 7_000 }],
  });
});

test('the jobs have variables of their own, and errors name them', () => {
  const both = { REDIS_URL: 'redis://a', JOBS_REDIS_CLUSTER: 'b', JOBS_REDIS_PASSWORD: 'secret' };
  expect(read(both, 'JOBS_')).toMatchObject({ kind: 'cluster', prefix: 'JOBS_', password: 'secret' });
  expect(read(both)).toMatchObject({ kind: 'server', password: undefined });
  expect(errorsOf({}, 'JOBS_')).toEqual([
    '  JOBS_REDIS_URL: is required: redis://host:port. Or set JOBS_REDIS_SENTINELS and JOBS_REDIS_SENTINEL_NAME, or JOBS_REDIS_CLUSTER',
  ]);
});

test.each<[what: string, source: Record<string, string>, error: RegExp]>([
  ['nothing', { REDIS_URL: '' }, /^ {2}REDIS_URL: is required: redis/],
  [
    'two kinds',
    { REDIS_URL: 'redis://a', REDIS_CLUSTER: 'a' },
    /REDIS_URL: and REDIS_CLUSTER are set: .*one/,
  ],
  ['another scheme', { REDIS_URL: 'http://a' }, /REDIS_URL: must look like redis:/],
  ['Sentinels without a name', { REDIS_SENTINELS: 'a' }, /REDIS_SENTINEL_NAME: is required/],
  ['a name without Sentinels', { REDIS_CLUSTER: 'a', REDIS_SENTINEL_NAME: 'a' }, /only with REDIS_SENTINELS/],
  ['URLs as nodes', { REDIS_CLUSTER: 'redis://a:1' }, /REDIS_CLUSTER: must be host:port/],
  ['an empty node', { REDIS_CLUSTER: 'a:1,' }, /REDIS_CLUSTER: must be host:port/],
  ['an impossible port', { REDIS_CLUSTER: 'a:70000' }, /REDIS_CLUSTER: must be host:port/],
  [
    'two passwords',
    { REDIS_URL: 'redis://:p@a', REDIS_PASSWORD: 'p' },
    /REDIS_PASSWORD: is set, and REDIS_URL/,
  ],
  [
    'a user without a password',
    { REDIS_CLUSTER: 'a', REDIS_USERNAME: 'u' },
    /REDIS_USERNAME: .*REDIS_PASSWORD/,
  ],
  ['TLS off and on', { REDIS_URL: 'rediss://a', REDIS_TLS: 'false' }, /REDIS_TLS: is false, but/],
])('%s is one clear line', (_what, source, error) => {
  const lines = errorsOf(source);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(error);
});

const text = fileURLToPath(import.meta.url);
const cluster = { REDIS_CLUSTER: 'a' };
test.each<[what: string, source: Record<string, string>, error: RegExp]>([
  ['files without TLS', { REDIS_TLS_CA_FILE: text }, /REDIS_TLS_CA_FILE: is used only with REDIS_TLS=true/],
  [
    'no such file',
    { REDIS_TLS: 'true', REDIS_TLS_CA_FILE: '/none' },
    /REDIS_TLS_CA_FILE: cannot be read: ENOENT/,
  ],
  ['no key', { REDIS_TLS: 'true', REDIS_TLS_CERT_FILE: text }, /REDIS_TLS_KEY_FILE: is required/],
  ['no certificate', { REDIS_TLS: 'true', REDIS_TLS_KEY_FILE: text }, /REDIS_TLS_CERT_FILE: is required/],
  [
    'no PEM',
    { REDIS_TLS: 'true', REDIS_TLS_CERT_FILE: text, REDIS_TLS_KEY_FILE: text },
    /REDIS_TLS_CERT_FILE: .*no valid PEM file/,
  ],
])('TLS: %s is one clear line', (_what, source, error) => {
  const lines = errorsOf({ ...cluster, ...source });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(error);
});

test('TLS without files trusts the usual authorities', () => {
  expect(read({ ...cluster, REDIS_TLS: 'true' }).tls).toEqual({});
  expect(read({ REDIS_URL: 'rediss://a' }).tls).toEqual({});
  expect(read({ REDIS_URL: 'redis://a' }).tls).toBeUndefined();
});
