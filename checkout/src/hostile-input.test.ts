import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { Role } from '@shopfast/kit/admin/roles';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { listen } from '@shopfast/kit/http';
import { type DocumentedCall, documentedCalls } from '@shopfast/kit/testing/documented-calls';
import { type HostileRequest, hostileRequests } from '@shopfast/kit/testing/hostile-requests';
import { createSample, HOSTILE_EVERY as EVERY } from '@shopfast/kit/testing/hostile-sample';
import { type Sender, sendHostile } from '@shopfast/kit/testing/send-hostile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openAccount, PASSWORD } from './accounts/shopper.fixture.ts';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { BINDING, ISSUER, openShop, type Shop } from './shop.fixture.ts';

const sampled = createSample();

let shop: Shop;
let url: string;
let calls: DocumentedCall[];
let browser: Browser;
let orderId: string;
let senders: Record<'buyer' | 'holder' | 'account' | 'nobody' | Role, Sender>;
beforeAll(async () => {
  shop = await openShop({ units: 100_000, perCustomerLimit: 100 });
  const httpBypass = createHttpBypass(createHotPathHandlers(shop.checkout));
  const { port } = await listen({
    ...{ fetch: shop.app.fetch as never, httpBypass, port: 0, host: '127.0.0.1', lifecycle: shop.lifecycle },
  });
  url = `http://127.0.0.1:${port}`;
  const document = await shop.app.request('/openapi.json');
  calls = documentedCalls((await document.json()) as ApiDocument);
  browser = await openAccount(shop, 'ann@example.com');
  const { order, order_token } = await shop.accepted();
  orderId = order.id;
  const tokens = await Promise.all(Array.from({ length: 500 + 3_500 / EVERY }, () => shop.token()));
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const admin = async (role: Role): Promise<Sender> => {
    const key = await makeKey(role);
    return { name: role, headers: () => bearer(key) };
  };
  senders = {
    buyer: { name: 'buyer', headers: () => ({ ...bearer(tokens.pop() ?? ''), 'x-binding': BINDING }) },
    holder: { name: 'holder', headers: () => bearer(order_token) },
    account: {
      name: 'account',
      headers: () => ({ cookie: browser.cookieHeader(), origin: ISSUER, 'x-forwarded-for': anAddress() }),
    },
    nobody: { name: 'nobody', headers: () => ({ origin: ISSUER, 'x-forwarded-for': anAddress() }) },
    viewer: await admin('viewer'),
    operator: await admin('operator'),
    owner: await admin('owner'),
  };
});
afterAll(() => shop.close());

/** A different client address for each request, so that no budget refuses it before the code under test runs. */
const anAddress = () => `203.0.113.${Math.floor(Math.random() * 254)}`;

async function makeKey(role: Role): Promise<string> {
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = { id: randomUUID(), name: role, role, hash: hashKey(key), prefix: key.slice(0, 10) };
  const entry = auditEntry(ENVIRONMENT, shop.clock.now(), { action: 'key.create', target: row.id });
  await insertApiKey(shop.sql, { ...row, created_by: 'test' }, entry);
  return key;
}

const isProduct = ({ path }: DocumentedCall) => path.includes('/products');

/** A valid value for a parameter or field of this name, so that the call passes its first checks. */
function valueFor(call: DocumentedCall) {
  const isNew = call.id === 'POST /v1/admin/products';
  const values: Record<string, () => unknown> = {
    id: () => (isNew ? `p-${randomUUID()}` : isProduct(call) ? 'sneaker' : orderId),
    product_id: () => 'sneaker',
    quantity: () => 1,
    email: () => `${randomUUID()}@example.com`,
    payment_method: () => 'pm_card_visa',
    country: () => 'DE',
    currency: () => 'EUR',
    room: () => 'sale',
    token: () => 'acc_none',
    // Never the right one: no call may delete the account that the other calls need.
    password: () => `not ${PASSWORD}`,
    current_password: () => `not ${PASSWORD}`,
    new_password: () => PASSWORD,
  };
  return (name: string) => values[name]?.();
}

function senderFor({ id, path, isAdmin }: DocumentedCall): Sender {
  if (isAdmin) return senders.owner;
  if (id === 'POST /v1/orders') return senders.buyer;
  if (path.startsWith('/v1/orders')) return senders.holder;
  return path.startsWith('/v1/me') || path.startsWith('/v1/auth') ? senders.account : senders.nobody;
}

const hashes = ({ id, path }: DocumentedCall) => path.startsWith('/v1/auth') || id === 'DELETE /v1/me';
const RARELY = 10;
/** Values that are known to break databases and libraries: always sent. */
const KNOWN_TO_BREAK = /\\u0000|\\ud|xn--|😀|=\s*[\d-]/;
/**
 * Every n-th request. Hashing a password is expensive: calls that take one get the body values that are known to break
 * things, and only a small sample of the rest.
 */
function* affordable(call: DocumentedCall, every: number): Generator<HostileRequest> {
  const requests = hostileRequests(call, valueFor(call));
  if (!hashes(call)) return yield* sampled(requests, every);
  const breaking: HostileRequest[] = [];
  const others: HostileRequest[] = [];
  for (const request of requests)
    (request.part === 'body' && KNOWN_TO_BREAK.test(request.what) ? breaking : others).push(request);
  yield* sampled(breaking, every / EVERY);
  yield* sampled(others, RARELY * every);
}

/** Calls that end the session come last. */
const inOrder = () =>
  [...calls].sort((a, b) => Number(a.id.includes('sign-out')) - Number(b.id.includes('sign-out')));

test('no hostile value in any part of any documented call is answered with 5xx', { timeout: 0 }, async () => {
  const failures: string[] = [];
  let sent = 0;
  for (const call of inOrder()) {
    const done = await sendHostile(url, affordable(call, EVERY), senderFor(call), hashes(call) ? 1 : 8);
    expect(done.sent, call.id).toBeGreaterThan(10 / EVERY);
    sent += done.sent;
    failures.push(...done.failures);
  }
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(3_000 / EVERY);
});

/** Other senders pass the same checks in another order. */
const SAMPLE = 9;

test('nor with a weaker key, another credential or none at all', { timeout: 0 }, async () => {
  const failures: string[] = [];
  for (const sender of Object.values(senders))
    for (const call of inOrder()) {
      if (hashes(call) && sender !== senders.nobody) continue;
      const requests = affordable(call, SAMPLE * EVERY);
      failures.push(...(await sendHostile(url, requests, sender, hashes(call) ? 1 : 8)).failures);
    }
  expect(failures).toEqual([]);
});
