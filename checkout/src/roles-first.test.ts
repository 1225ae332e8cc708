import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { wrongAdminRequests } from '@shopfast/kit/testing/admin-calls';
import { documentedCalls } from '@shopfast/kit/testing/documented-calls';
import { expect, onTestFinished, test } from 'vitest';
import { openShop, refusal } from './shop.fixture.ts';

test('every call that changes something refuses a viewer before it reads the body', {
  timeout: 0,
}, async () => {
  const shop = await openShop();
  onTestFinished(() => shop.close());
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = {
    id: randomUUID(),
    name: 'v',
    role: 'viewer' as const,
    hash: hashKey(key),
    prefix: key.slice(0, 10),
  };
  const entry = auditEntry(ENVIRONMENT, shop.clock.now(), { action: 'key.create', target: row.id });
  await insertApiKey(shop.sql, { ...row, created_by: 'test' }, entry);
  const document = await shop.app.request('/openapi.json');
  const calls = documentedCalls((await document.json()) as ApiDocument);
  let asked = 0;
  for (const { what, path, headers, ...rest } of wrongAdminRequests(calls)) {
    asked += 1;
    const authorization = `Bearer ${key}`;
    const viewer = await refusal(shop.app.request(path, { ...rest, headers: { ...headers, authorization } }));
    expect(`${what}: ${viewer}`).toBe(`${what}: 403 role_forbidden`);
    const nobody = await refusal(shop.app.request(path, { ...rest, headers }));
    expect(`${what}: ${nobody}`).toBe(`${what}: 401 key_missing`);
  }
  expect(asked).toBeGreaterThan(20);
  for (const { id, path, method, isAdmin } of calls)
    if (isAdmin)
      expect(await refusal(shop.app.request(path.replace('{id}', 'x'), { method })), id).toBe(
        '401 key_missing',
      );
});
