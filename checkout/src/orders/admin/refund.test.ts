import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { markPaid } from '@shopfast/db/orders/mark-paid';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { Role } from '@shopfast/kit/admin/roles';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, refusal, type Shop } from '../../shop.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function makeKey(role: Role): Promise<string> {
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = { id: randomUUID(), name: role, role, hash: hashKey(key), prefix: key.slice(0, 10) };
  const entry = auditEntry(ENVIRONMENT, shop.clock.now(), { action: 'key.create', target: row.id });
  await insertApiKey(shop.sql, { ...row, created_by: 'test' }, entry);
  return key;
}
const ask = async (orderId: string, role: Role = 'operator') =>
  shop.app.request(`/v1/admin/orders/${orderId}/refund`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await makeKey(role)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'arrived broken' }),
  });

test('an operator refunds a paid order: one job and one audit entry, for any number of calls', async () => {
  const { order } = await shop.accepted();
  expect(await refusal(ask(order.id))).toBe('409 order_not_refundable');
  await markPaid(shop.sql, { orderId: order.id, providerId: 'pi_1', now: new Date(shop.clock.now()) });
  for (const asked_before of [false, true, true]) {
    const answer = await ask(order.id);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ order_id: order.id, asked_before });
  }
  expect((await shop.jobs(order.id)).filter((job) => job === 'payment.refund')).toHaveLength(1);
  const audit = await listAudit(shop.sql, { limit: 100 });
  expect(audit.filter(({ action }) => action === 'order.refund')).toMatchObject([
    { target: order.id, role: 'operator', after: { reason: 'arrived broken' } },
  ]);
});

test('a viewer may not refund, and an unknown order cannot be refunded', async () => {
  const { order } = await shop.accepted();
  expect(await refusal(ask(order.id, 'viewer'))).toBe('403 role_forbidden');
  expect(await refusal(ask(randomUUID()))).toBe('404 order_unknown');
});
