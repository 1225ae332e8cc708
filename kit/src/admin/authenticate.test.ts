import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { installBasics } from '../http.ts';
import { createLog } from '../log.ts';
import { type AdminEnv, authenticate, hashKey } from './authenticate.ts';
import { createBadKeys } from './bad-keys.ts';

const key = () => `adm_${randomBytes(24).toString('base64url')}`;

/** A service with a fixed set of good keys. With `holds`, each look-up waits until the test releases it. */
function serviceWith(goodKeys: string[], { holds = false } = {}) {
  const hashes = new Map(goodKeys.map((good) => [hashKey(good), good]));
  const held: (() => void)[] = [];
  let lookUps = 0;
  const app = new Hono<AdminEnv>();
  installBasics(app, { log: createLog('test', 'silent') });
  const findKey = async (hash: string) => {
    lookUps += 1;
    if (holds) await new Promise<void>((resolve) => held.push(resolve));
    return hashes.has(hash) ? { id: hash, name: 'n', role: 'viewer' as const } : undefined;
  };
  const access = { badKeys: createBadKeys(), addressOf: () => '203.0.113.7' };
  app.use(authenticate({ findKey, clock: systemClock, ...access }));
  app.get('/', (c) => c.text('in'));
  const send = async (bearer: string) =>
    (await app.request('/', { headers: { authorization: `Bearer ${bearer}` } })).status;
  return { send, held, lookUps: () => lookUps };
}

test('concurrent guesses get no more look-ups than guesses one after the other', async () => {
  const service = serviceWith([], { holds: true });
  const answers = Array.from({ length: 60 }, () => service.send(key()));
  const refused = Promise.any(answers);
  expect(await refused).toBe(429);
  for (const release of service.held) release();
  const statuses = await Promise.all(answers);
  expect(service.lookUps()).toBe(30);
  expect(statuses.filter((status) => status === 401)).toHaveLength(30);
});

test('concurrent calls with one good key share one look-up, and do not count', async () => {
  const good = key();
  const service = serviceWith([good]);
  expect(new Set(await Promise.all(Array.from({ length: 60 }, () => service.send(good))))).toEqual(
    new Set([200]),
  );
  expect(service.lookUps()).toBe(1);
  for (let at = 0; at < 30; at += 1) expect(await service.send(key())).toBe(401);
  expect([await service.send(key()), await service.send(good)]).toEqual([429, 200]);
});

test('a failed look-up does not count as a bad key', async () => {
  const app = new Hono<AdminEnv>();
  installBasics(app, { log: createLog('test', 'silent') });
  const findKey = () => Promise.reject(new Error('the database is unavailable'));
  app.use(
    authenticate({ findKey, clock: systemClock, badKeys: createBadKeys(), addressOf: () => '203.0.113.8' }),
  );
  for (let at = 0; at < 40; at += 1)
    expect((await app.request('/', { headers: { authorization: `Bearer ${key()}` } })).status).toBe(500);
});
