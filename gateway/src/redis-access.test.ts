import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { connectRedis } from '@shopfast/kit/redis';
import { checkRedis } from '@shopfast/kit/redis/check';
import { isRedisUnavailable } from '@shopfast/kit/redis/errors';
import { redisEnv } from '@shopfast/kit/redis/settings';
import { startStores } from '@shopfast/sandbox/stores/start';
import { testCertificates } from '@shopfast/sandbox/testing/certificates';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { defineScripts } from './lua/scripts.ts';
import { runEveryScript } from './testing/every-script.ts';
import { openTestGateway } from './testing/gateway.ts';

const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);
const { ca, server, client } = testCertificates;
let env: Record<string, string>;
let admin: Redis;
beforeAll(async () => {
  const stores = await startStores({ parts: ['waitroom'], given: {}, tls: server });
  lifecycle.onClose('stores', () => stores.stop());
  env = {
    REDIS_URL: stores.urls.redisUrl,
    REDIS_USERNAME: 'shopfast',
    REDIS_PASSWORD: 'PASSWORD',
    REDIS_TLS_CA_FILE: ca,
    REDIS_TLS_CERT_FILE: client.cert,
    REDIS_TLS_KEY_FILE: client.key,
  };
  admin = connectRedis(settingsOf({ REDIS_USERNAME: '', REDIS_PASSWORD: '' }), 'requests', {
    log,
    lifecycle,
  }) as Redis; // One server, not a Cluster.
  await admin.call('ACL', 'SETUSER', 'shopfast', ...(await documentedRights()));
});
afterAll(() => lifecycle.close());

const settingsOf = (changes: Record<string, string> = {}) => {
  const given = Object.entries({ ...env, ...changes }).filter(([, value]) => value !== '');
  return redisEnv('').parse(Object.fromEntries(given)).redis;
};

/** The line of an ACL file in the document, without the name. */
async function documentedRights(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const [, rights = ''] = /^user shopfast (.+)$/m.exec(text) ?? [];
  return rights.split(' ');
}

const denied = async () => Object(await admin.call('ACL', 'LOG')).length;

test('with TLS, a client certificate and the documented rights everything works, and no command is denied', async () => {
  const it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: settingsOf() });
  try {
    expect((await it.send('GET', '/readyz')).status).toBe(200);
    const room = await it.openRoom({ admissions_per_minute: 60_000 });
    const { ticket } = (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
    const claim = () => it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket });
    await expect.poll(async () => (await claim()).status, { timeout: 10_000 }).toBe(200);
    expect((await it.admin('DELETE', `/rooms/${room}?force=true`)).status).toBe(204);
    await runEveryScript(it.gateway.redis, 'every-script');
  } finally {
    await it.close();
  }
  expect(await denied()).toBe(0);
});

test('these rights are no more than the waiting room needs', async () => {
  const redis = connectRedis(settingsOf(), 'requests', { log, lifecycle });
  for (const command of [
    ['FLUSHALL'],
    ['KEYS', '*'],
    ['CONFIG', 'GET', '*'],
    ['SET', 'other', '1'],
    ['SCRIPT', 'FLUSH'],
    ['ACL', 'WHOAMI'],
    ['PUBLISH', 'channel', 'text'],
    ['CLUSTER', 'RESET'],
  ] as [string, ...string[]][])
    await expect(redis.call(...command), command.join(' ')).rejects.toThrow('NOPERM');
});

test('INFO is not needed', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  await admin.call('ACL', 'SETUSER', 'shopfast', '-info');
  try {
    const redis = defineScripts(connectRedis(settingsOf(), 'requests', { log, lifecycle }));
    await checkRedis(redis, settingsOf(), 'wr:readyz');
    await runEveryScript(redis, 'without-info');
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('INFO command fails'));
  } finally {
    await admin.call('ACL', 'SETUSER', 'shopfast', '+info');
    warned.mockRestore();
  }
});

/** The error of a service's start with these changes. */
async function startWith(changes: Record<string, string>): Promise<unknown> {
  const settings = settingsOf(changes);
  const redis = connectRedis(settings, 'requests', { log, lifecycle });
  return checkRedis(redis, settings, 'wr:readyz').then(
    () => 'no error',
    (error: unknown) => error,
  );
}

test.each([
  ['a wrong password', { REDIS_PASSWORD: 'wrong' }, 'WRONGPASS'],
  ['a server of an unknown authority', { REDIS_TLS_CA_FILE: '' }, 'self-signed certificate'],
])('%s ends the start, and the error says so', async (_what, changes, message) => {
  const error = await startWith(changes);
  expect(String(error)).toContain(message);
  expect(isRedisUnavailable(error)).toBe(false);
});

test('without TLS, or without a client certificate, the server does not answer', async () => {
  const noFiles = { REDIS_TLS_CERT_FILE: '', REDIS_TLS_KEY_FILE: '' };
  const plain = { REDIS_URL: String(env.REDIS_URL).replace('rediss:', 'redis:'), REDIS_TLS_CA_FILE: '' };
  for (const changes of [noFiles, { ...noFiles, ...plain }])
    expect(await startWith(changes)).toBeInstanceOf(Error);
});
