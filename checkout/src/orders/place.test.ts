import { createHmac, KeyObject, sign as signBytes } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { findViolations } from '@shopfast/db/conservation';
import { revokeToken } from '@shopfast/db/revoked-tokens';
import { putRoom } from '@shopfast/db/sale.fixture';
import { orderAnswer } from '@shopfast/kit/contracts/api';
import { bindingCookie, bindingHash } from '@shopfast/kit/contracts/token';
import { withLowS } from '@shopfast/kit/reservation/low-s';
import { generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { gatewayKeys } from '../reservation.ts';
import { BINDING, openShop, refusal, type Shop } from '../shop.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ units: 3, perCustomerLimit: 2 });
});
afterEach(() => shop.close());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
/** Decodes to the same bytes: the last base64url character has unused bits. */
const withLastBits = (token: string) =>
  `${token.slice(0, -1)}${BASE64URL[BASE64URL.indexOf(token.at(-1) as string) + 1]}`;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const nothingHappened = async () => {
  expect(await shop.count('orders')).toBe(0);
  expect(await shop.units()).toEqual({ available: 3, held: 0, sold: 0 });
};

describe('an admitted shopper', () => {
  test('buys: the units are held, and the answer has the order’s location', async () => {
    const response = await shop.order(await shop.token({ sub: 'tkt-1', number: 7 }), { quantity: 2 });
    expect(response.status).toBe(202);
    const answer = orderAnswer.parse(await response.json());
    expect(answer.order).toMatchObject({
      state: 'pending_payment',
      product_id: 'sneaker',
      quantity: 2,
      total: 25_800,
      currency: 'eur',
      hold_until: new Date(shop.clock.now() + 600_000).toISOString(),
    });
    expect(response.headers.get('location')).toBe(`/v1/orders/${answer.order.id}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await shop.units()).toEqual({ available: 1, held: 2, sold: 0 });
    const [stored] = await shop.sql`select ticket_id, number, room_id from orders`;
    expect(stored).toEqual({ ticket_id: 'tkt-1', number: 7, room_id: 'sale' });
  });

  test.each([
    [{ locale: 'he' }, 'de-AT', 'he'],
    [{}, 'xx, de-AT;q=0.9, fr;q=0.8', 'de-AT'],
    [{}, undefined, 'en'],
  ])('gets mails in the language of %j and of the browser (%s): %s', async (query, accepted, locale) => {
    const response = await shop.order(await shop.token(), query, { 'accept-language': accepted });
    expect(response.status).toBe(202);
    expect(await shop.sql`select locale from orders`).toEqual([{ locale }]);
  });

  test('may show the binding as a cookie', async () => {
    const cookie = `${bindingCookie('sale')}=${BINDING}`;
    const response = await shop.order(await shop.token(), {}, { 'x-binding': undefined, cookie });
    expect(response.status).toBe(202);
  });

  test('buys in one statement', async () => {
    await shop.close();
    shop = await openShop({}, { connections: 1 });
    await shop.sql`create extension if not exists pg_stat_statements`;
    await shop.accepted();
    await shop.sql`
      select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0)`;
    await shop.accepted({ email: 'bob@example.com' });
    const statements = await shop.sql<{ query: string; calls: number }[]>`
      select query, calls from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and query not like '%pg_stat_statements%'`;
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ calls: 1, query: expect.stringContaining('insert into orders') });
  });
});

describe('without a good token nobody buys:', () => {
  test('none at all, or something that is no token', async () => {
    expect(await refusal(shop.order(undefined))).toBe('401 token_missing');
    expect(await refusal(shop.order(undefined, {}, { authorization: 'Basic YTpi' }))).toBe(
      '401 token_missing',
    );
    for (const nonsense of ['x', 'a.b.c', 'ord_1.2', '..', 'null'])
      expect(await refusal(shop.order(nonsense))).toBe('401 token_invalid');
    await nothingHappened();
  });

  test('unsigned, signed with the public key as a secret, by somebody else, or with another algorithm', async () => {
    const [, claims] = (await shop.token()).split('.');
    const unsigned = `${encode({ alg: 'none', typ: 'reservation+jwt', kid: 'k1' })}.${claims}.`;
    const head = `${encode({ alg: 'HS256', typ: 'reservation+jwt', kid: 'k1' })}.${claims}`;
    const mac = createHmac('sha256', JSON.stringify(shop.publicJwk)).update(head).digest('base64url');
    const stranger = await generateKeyPair('ES256');
    const withoutSignature = `${(await shop.token()).split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`;
    const forged = [
      unsigned,
      `${head}.${mac}`,
      await shop.token({}, {}, stranger.privateKey),
      await shop.token({}, { kid: 'k2' }, stranger.privateKey),
      await shop.token({}, { kid: 'k384', alg: 'ES384' }, shop.otherAlgorithm.privateKey),
      withoutSignature,
    ];
    for (const token of forged) expect(await refusal(shop.order(token))).toBe('401 token_invalid');
    await nothingHappened();
  });

  test('withdrawn', async () => {
    const token = await shop.token({ jti: 'withdrawn' });
    await revokeToken(shop.sql, { jti: 'withdrawn', room: 'sale', at: new Date(shop.clock.now()) }, null);
    expect(await refusal(shop.order(token))).toBe('401 token_revoked');
    await nothingHappened();
  });

  test('with unknown critical headers, or not in compact form', async () => {
    const { privateKey, kid } = shop.signing;
    const claims = decode((await shop.token()).split('.')[1]);
    const sign = (header: object) => {
      const text = `${encode({ alg: 'ES256', typ: 'reservation+jwt', kid, ...header })}.${encode(claims)}`;
      const key = { key: KeyObject.from(privateKey), dsaEncoding: 'ieee-p1363' } as const;
      return withLowS(`${text}.${signBytes('sha256', Buffer.from(text), key).toString('base64url')}`);
    };
    for (const header of [
      { typ: 'Reservation+JWT' },
      { typ: 'application/reservation+jwt' },
      { crit: ['exp'] },
      { crit: ['b64'], b64: false },
      { b64: false },
    ])
      expect(await refusal(shop.order(sign(header)))).toBe('401 token_invalid');
    const good = sign({});
    for (const odd of [
      `${good}.`,
      `${good}=`,
      `.${good}`,
      withLastBits(good),
      good.replace('.', '..'),
      `${good}${'A'.repeat(5_000)}`,
    ])
      expect(await refusal(shop.order(odd))).toBe('401 token_invalid');
    await nothingHappened();
    expect((await shop.order(good)).status).toBe(202);
  });

  test('changed after it was signed', async () => {
    const [head, claims, signature] = (await shop.token()).split('.');
    const changed = encode({ ...decode(claims), max_quantity: 100 });
    expect(await refusal(shop.order(`${head}.${changed}.${signature}`))).toBe('401 token_invalid');
    await nothingHappened();
  });

  test('of another type, issuer or audience, not yet valid, or without a claim that counts', async () => {
    const now = Math.floor(shop.clock.now() / 1000);
    const wrong = [
      await shop.token({}, { typ: 'JWT' }),
      await shop.token({ iss: 'https://elsewhere.example' }),
      await shop.token({ aud: 'somebody' }),
      await shop.token({ nbf: now + 60 }),
      await shop.token({ exp: undefined }),
      await shop.token({ jti: undefined }),
      await shop.token({ bnd: undefined }),
      await shop.token({ number: 'seven' }),
    ];
    for (const token of wrong) expect(await refusal(shop.order(token))).toBe('401 token_invalid');
    await nothingHappened();
  });

  test('expired, with five seconds of tolerance', async () => {
    const token = await shop.token();
    shop.clock.advance(606_000);
    expect(await refusal(shop.order(token))).toBe('401 token_expired');
    expect(await refusal(shop.order(token, {}, { 'idempotency-key': 'k' }))).toBe('401 token_expired');
    await nothingHappened();
    const late = await shop.token();
    shop.clock.advance(604_000);
    expect((await shop.order(late)).status).toBe(202);
  });

  test('given to another browser', async () => {
    const token = await shop.token();
    for (const binding of [undefined, '', 'bnd_of-another', bindingHash(BINDING)])
      expect(await refusal(shop.order(token, {}, { 'x-binding': binding }))).toBe('403 token_not_bound');
    await nothingHappened();
  });

  test('that names its generation twice, or not at all', async () => {
    for (const claims of [
      { epoch: undefined },
      { epoch: 0 },
      { epoch: '1' },
      { epoch: 1, jti: 'sale.2.ticket' },
    ])
      expect(await refusal(shop.order(await shop.token(claims)))).toBe('401 token_invalid');
    await nothingHappened();
    const before = await shop.token({ epoch: undefined, jti: 'sale.1.ticket' });
    expect((await shop.order(before)).status).toBe(202);
  });

  test('of a room that was reset or deleted since, is a rehearsal, or is not open', async () => {
    const token = await shop.token();
    await putRoom(shop.sql, 'sale', { epoch: 2 });
    expect(await refusal(shop.order(token))).toBe('403 token_wrong_room');
    await shop.sql`delete from rooms`;
    expect(await refusal(shop.order(token))).toBe('403 token_wrong_room');
    await putRoom(shop.sql, 'sale', { rehearsal: true });
    expect(await refusal(shop.order(token))).toBe('403 token_wrong_room');
    for (const state of ['scheduled', 'lobby', 'closed'] as const) {
      await putRoom(shop.sql, 'sale', { state });
      expect(await refusal(shop.order(token))).toBe('409 not_on_sale');
    }
    await nothingHappened();
    await putRoom(shop.sql, 'sale', { state: 'paused' });
    expect((await shop.order(token)).status).toBe(202);
  });

  test('for another room or other products', async () => {
    expect(await refusal(shop.order(await shop.token({ room: 'elsewhere' })))).toBe('403 token_wrong_room');
    expect(await refusal(shop.order(await shop.token({ products: ['shirt'] })))).toBe('403 token_wrong_room');
    await nothingHappened();
    expect((await shop.order(await shop.token({ products: ['sneaker'] }))).status).toBe(202);
  });
});

describe('an invalid request', () => {
  test('gets an explanation, and spends no token', async () => {
    const token = await shop.token();
    const refused = (body: unknown, headers = {}) => refusal(shop.order(token, body, headers));
    for (const fault of [
      { quantity: 0 },
      { quantity: 1.5 },
      { email: 'nobody' },
      { payment_method: '4242424242424242' },
      { price: 1 },
      { product_id: undefined },
    ])
      expect(await refused(fault)).toBe('422 invalid_request');
    expect(await refused({}, { 'idempotency-key': 'x'.repeat(129) })).toBe('422 invalid_request');
    expect(await refused('{"product_id":')).toBe('400 malformed_request');
    expect(await refused({}, { 'content-type': 'text/plain' })).toBe('400 malformed_request');
    expect(await refused(' '.repeat(17 * 1024))).toBe('413 body_too_large');
    expect(await refused({ product_id: 'unheard-of' })).toBe('404 product_unknown');
    await nothingHappened();
    expect((await shop.order(token)).status).toBe(202);
  });

  test('gets the name of the wrong field', async () => {
    const response = await shop.order(await shop.token(), { quantity: -1 });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ errors: [{ field: 'quantity' }] });
  });
});

describe('limits', () => {
  test('one customer gets no more than product and token allow', async () => {
    expect(await refusal(shop.order(await shop.token(), { quantity: 3 }))).toBe('409 purchase_limit');
    expect(await refusal(shop.order(await shop.token({ max_quantity: 1 }), { quantity: 2 }))).toBe(
      '409 purchase_limit',
    );
    await nothingHappened();
    await shop.accepted({ quantity: 2 });
    expect(await refusal(shop.order(await shop.token(), { email: 'ANN+2@example.com' }))).toBe(
      '409 purchase_limit',
    );
    expect(await shop.units()).toEqual({ available: 1, held: 2, sold: 0 });
  });

  test('a sold-out product is refused, and the token stays unspent', async () => {
    const token = await shop.token();
    await shop.accepted({ quantity: 2, email: 'bob@example.com' });
    expect(await refusal(shop.order(token, { quantity: 2 }))).toBe('409 sold_out');
    expect((await shop.order(token, { quantity: 1 })).status).toBe(202);
    expect(await refusal(shop.order(await shop.token(), { email: 'cleo@example.com' }))).toBe('409 sold_out');
    expect(await findViolations(shop.sql)).toEqual([]);
  });
});

describe('when the catalogue says sold out', () => {
  let bought: { token: string; body: string };
  beforeEach(async () => {
    const token = await shop.token();
    const answer = await shop.order(token, {}, { 'idempotency-key': 'key-1' });
    bought = { token, body: await answer.text() };
    await shop.accepted({ quantity: 2, email: 'bob@example.com' });
    await shop.checkout.catalog.refresh();
  });

  test('a hundred orders at once need only a few read-only statements', async () => {
    await shop.sql`create extension if not exists pg_stat_statements`;
    const tokens = await Promise.all(Array.from({ length: 100 }, () => shop.token()));
    const answers = await Promise.all(tokens.map((token) => refusal(shop.order(token))));
    expect(answers).toEqual(Array(100).fill('409 sold_out'));
    const statements = await shop.sql<{ query: string; calls: number; wal_records: number }[]>`
      select query, calls, wal_records from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database()) and query like '%as sold_out%'`;
    expect(statements).toHaveLength(1);
    expect(statements[0]?.calls).toBeLessThan(50);
    expect(statements[0]?.wal_records).toBe(0);
  });

  test('units that were freed since are sold all the same: the database decides', async () => {
    await shop.sql`update inventory set available = 1, stock = stock + 1`;
    expect((await shop.order(await shop.token(), { email: 'cleo@example.com' })).status).toBe(202);
  });

  test('a buyer gets the same answer again, and a spent or revoked token gets its own error', async () => {
    const again = await shop.order(bought.token, {}, { 'idempotency-key': 'key-1' });
    expect(await again.text()).toBe(bought.body);
    expect(await refusal(shop.order(bought.token))).toBe('409 token_spent');
    const withdrawn = await shop.token({ jti: 'withdrawn' });
    await revokeToken(shop.sql, { jti: 'withdrawn', room: 'sale', at: new Date(shop.clock.now()) }, null);
    expect(await refusal(shop.order(withdrawn))).toBe('401 token_revoked');
  });
});

describe('a token', () => {
  test('buys once when it is sent 20 times at once', async () => {
    const token = await shop.token();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.order(token)));
    const accepted = answers.filter((answer) => answer.status === 202);
    const refused = await Promise.all(answers.filter((answer) => answer.status !== 202).map(refusal));
    expect(accepted).toHaveLength(1);
    expect(refused).toEqual(Array(19).fill('409 token_spent'));
    expect(await shop.units()).toEqual({ available: 2, held: 1, sold: 0 });
  });

  test('gives the same answer to the same request under the same key, 20 times at once and later', async () => {
    const token = await shop.token();
    const send = () => shop.order(token, {}, { 'idempotency-key': 'key-1' });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(202));
    expect(new Set(bodies).size).toBe(1);
    expect(await shop.count('orders')).toBe(1);

    await shop.sql`update orders set state = 'paid'`;
    shop.clock.advance(3_600_000);
    const later = await send();
    expect(later.status).toBe(202);
    expect(await later.text()).toBe(bodies[0]);
  });

  test('gives the same answer when everything was sold meanwhile', async () => {
    const token = await shop.token();
    const first = await shop.order(token, {}, { 'idempotency-key': 'key-1' });
    await shop.accepted({ quantity: 2, email: 'bob@example.com' });
    const again = await shop.order(token, {}, { 'idempotency-key': 'key-1' });
    expect(await again.text()).toBe(await first.text());
  });

  test('is spent for another key or none, and the key stands for one request', async () => {
    const token = await shop.token();
    await shop.order(token, {}, { 'idempotency-key': 'key-1' });
    expect(await refusal(shop.order(token, {}, { 'idempotency-key': 'key-2' }))).toBe('409 token_spent');
    expect(await refusal(shop.order(token))).toBe('409 token_spent');
    const other = shop.order(token, { email: 'bob@example.com' }, { 'idempotency-key': 'key-1' });
    expect(await refusal(other)).toBe('422 invalid_request');
    expect(await shop.count('orders')).toBe(1);
  });

  test('used without a key is spent for every later request', async () => {
    const token = await shop.token();
    await shop.order(token);
    expect(await refusal(shop.order(token, {}, { 'idempotency-key': 'key-1' }))).toBe('409 token_spent');
  });

  test('stays unspent when the database is unavailable, and its holder gets 503 with Retry-After', async () => {
    const { sql } = connectDb('postgres://nobody:x@127.0.0.1:1/nowhere', {
      name: 'away',
      lifecycle: shop.lifecycle,
      log: shop.checkout.log,
    });
    const cutOff = createApp({ ...shop.checkout, sql });
    const token = await shop.token();
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-binding': BINDING },
      body: JSON.stringify({
        product_id: 'sneaker',
        quantity: 1,
        email: 'ann@example.com',
        payment_method: 'pm_card_visa',
      }),
    };
    const response = await cutOff.request('/v1/orders', request);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusal(response)).toBe('503 unavailable');
    expect((await shop.app.request('/v1/orders', request)).status).toBe(202);
  });

  test('is not called invalid when the keys cannot be fetched', async () => {
    const app = createApp({ ...shop.checkout, keys: gatewayKeys('http://127.0.0.1:1') });
    const headers = { authorization: `Bearer ${await shop.token()}` };
    expect(await refusal(app.request('/v1/orders', { method: 'POST', headers }))).toBe('503 unavailable');
  });
});

test('each order request is counted by its outcome', async () => {
  await shop.accepted();
  await shop.order(undefined);
  const text = await shop.checkout.metrics.registry.metrics();
  expect(text).toContain('shopfast_checkout_orders_total{outcome="placed"} 1');
  expect(text).toContain('shopfast_checkout_orders_total{outcome="token_missing"} 1');
});

test('an order that was placed before its room was reset or deleted is still answered again', async () => {
  const token = await shop.token();
  const headers = { 'idempotency-key': 'once' };
  const first = await (await shop.order(token, {}, headers)).json();
  for (const change of [() => putRoom(shop.sql, 'sale', { epoch: 2 }), () => shop.sql`delete from rooms`]) {
    await change();
    const again = await shop.order(token, {}, headers);
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(first);
  }
});
