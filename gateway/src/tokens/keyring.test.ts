import { randomBytes } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { createTestDatabase } from '@shopfast/db/testing';
import { manualClock } from '@shopfast/kit/clock';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { type Keyring, openKeyring } from './keyring.ts';

let lifecycle: Lifecycle;
let sql: ReturnType<typeof connectDb>['sql'];
const secret = randomBytes(32).toString('hex');
const clock = manualClock(Date.now());
const MINUTE_MS = 60_000;

beforeEach(async () => {
  const log = createLog('test', 'silent');
  lifecycle = createLifecycle(log);
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  sql = connectDb(database.url, { name: 'keyring-test', max: 2, lifecycle, log }).sql;
});
afterEach(() => lifecycle.close());

const sign = (keyring: Keyring) => {
  const { kid, privateKey } = keyring.signing();
  return new SignJWT({ kid }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
};
const isAccepted = (keyring: Keyring, token: string) =>
  jwtVerify(token, createLocalJWKSet(keyring.jwks())).then(
    () => true,
    () => false,
  );

test('gateways that start together share their keys, and private halves are not readable in Postgres', async () => {
  const [one, two] = await Promise.all([
    openKeyring(sql, secret, clock.now),
    openKeyring(sql, secret, clock.now),
  ]);
  await Promise.all([one.refresh(), two.refresh()]);
  expect(await isAccepted(two, await sign(one))).toBe(true);
  expect(await isAccepted(one, await sign(two))).toBe(true);
  const rows = await sql<{ private_jwk_encrypted: string }[]>`select private_jwk_encrypted from signing_keys`;
  for (const row of rows)
    expect(Buffer.from(row.private_jwk_encrypted, 'base64url').toString()).not.toContain('"d"');
});

test('another secret cannot decrypt the keys', async () => {
  await openKeyring(sql, secret, clock.now);
  await expect(openKeyring(sql, randomBytes(32).toString('hex'), clock.now)).rejects.toThrow();
});

test('a rotation refuses no valid token and accepts no old one: publish, then sign, then retire', async () => {
  const keyring = await openKeyring(sql, secret, clock.now);
  const oldToken = await sign(keyring);
  const oldKid = keyring.signing().kid;
  const { kid } = await keyring.rotate(600);

  expect(keyring.jwks().keys.map((key) => key.kid)).toEqual(expect.arrayContaining([oldKid, kid]));
  expect(keyring.signing().kid).toBe(oldKid);
  clock.advance(10 * MINUTE_MS);
  expect(keyring.signing().kid).toBe(oldKid);
  clock.advance(MINUTE_MS);
  expect(keyring.signing().kid).toBe(kid);
  await keyring.refresh();
  expect(await isAccepted(keyring, oldToken)).toBe(true);
  clock.advance(12 * MINUTE_MS);
  await keyring.refresh();
  expect(await isAccepted(keyring, oldToken)).toBe(false);
  expect(await isAccepted(keyring, await sign(keyring))).toBe(true);
});
