import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findApiKeyByHash, insertApiKey, listApiKeys, markApiKeyUsed, revokeApiKey } from './api-keys.ts';
import { listAudit } from './audit.ts';
import { openSale, type Sale } from './sale.fixture.ts';
import { insertSigningKey, listSigningKeys, retireSigningKey } from './signing-keys.ts';

let sale: Sale;
beforeEach(async () => {
  sale = await openSale();
});
afterEach(() => sale.close());

describe('an API key', () => {
  const at = new Date(0);
  const entry = (action: string) => ({
    at,
    actor: 'owner',
    role: 'owner',
    action,
    target: 'keys',
    before: null,
    after: null,
    request_id: 'request-1',
  });
  const key = {
    id: randomUUID(),
    name: 'till',
    role: 'operator' as const,
    hash: 'ab'.repeat(32),
    prefix: 'adm_ab',
    created_by: 'owner',
  };

  test('is stored once, found by its hash, and listed without it', async () => {
    expect(await insertApiKey(sale.sql, key, entry('key.create'))).toMatchObject({ id: key.id });
    expect(await insertApiKey(sale.sql, { ...key, id: randomUUID() }, entry('key.create'))).toBeUndefined();
    expect(await findApiKeyByHash(sale.sql, key.hash)).toMatchObject({ id: key.id, role: 'operator' });
    const [listed, ...others] = await listApiKeys(sale.sql);
    expect(others).toEqual([]);
    expect(listed).not.toHaveProperty('hash');
  });

  test('is not found after its revocation, which is audited once', async () => {
    await insertApiKey(sale.sql, key, entry('key.create'));
    expect(await revokeApiKey(sale.sql, key.id, entry('key.revoke'))).toBe(true);
    expect(await revokeApiKey(sale.sql, key.id, entry('key.revoke'))).toBe(false);
    expect(await findApiKeyByHash(sale.sql, key.hash)).toBeUndefined();
    expect((await listAudit(sale.sql, { limit: 10 })).map((row) => row.action)).toEqual([
      'key.revoke',
      'key.create',
    ]);
  });

  test('writes its last use at most once a minute', async () => {
    await insertApiKey(sale.sql, key, entry('key.create'));
    const used = async (ms: number) => {
      await markApiKeyUsed(sale.sql, { id: key.id, now: new Date(ms) });
      return (await findApiKeyByHash(sale.sql, key.hash))?.last_used_at?.getTime();
    };
    expect([await used(1_000), await used(60_000), await used(61_001)]).toEqual([1_000, 1_000, 61_001]);
  });
});

test('a signing key is published until it is retired', async () => {
  const key = {
    kid: 'k1',
    public_jwk: { kty: 'EC' },
    private_jwk_encrypted: 'sealed',
    signs_from: new Date(0),
  };
  await insertSigningKey(sale.sql, key);
  await insertSigningKey(sale.sql, { ...key, private_jwk_encrypted: 'other' });
  expect(await listSigningKeys(sale.sql, new Date(1))).toMatchObject([key]);
  expect(await retireSigningKey(sale.sql, { kid: 'k1', at: new Date(100) })).toBe(true);
  expect(await listSigningKeys(sale.sql, new Date(99))).toHaveLength(1);
  expect(await listSigningKeys(sale.sql, new Date(100))).toEqual([]);
});
