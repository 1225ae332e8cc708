import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectDb } from '@shopfast/db/client';
import { createDatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { openSale } from '@shopfast/db/sale.fixture';
import type { Seed } from '@shopfast/db/seed';
import { trustedProxies } from '@shopfast/kit/client-address';
import type { OrderAnswer, OrderRequest } from '@shopfast/kit/contracts/api';
import { bindingHash, RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import { createLog } from '@shopfast/kit/log';
import { withLowS } from '@shopfast/kit/reservation/low-s';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { createAccounts } from './accounts/accounts.ts';
import { createApp } from './app.ts';
import { createCatalog } from './catalog/catalog.ts';
import type { Checkout } from './deps.ts';
import { createMetrics } from './metrics.ts';
import { createOrderStreams } from './orders/order-streams.ts';
import { noExtras } from './orders/pricing.ts';
import { createSoldOutPrecheck } from './orders/sold-out-precheck.ts';
import { gatewayKeys } from './reservation.ts';

export const ISSUER = 'http://localhost:3000';
export const BINDING = 'bnd_of-this-browser';
export const AUTH_SECRET = 'of-the-tests-only-of-the-tests-only';
export const WEBHOOK_SECRET = 'whsec_of-the-tests-only';

export type ShopLimits = {
  /** Connections to the database, and as many slots. */
  connections?: number;
  /** Time limit of the bulkheads. Default: the one of production. */
  limitMs?: number;
};

/** A checkout with its own database, a key set served over HTTP, and a signer of tokens. */
export async function openShop(product: Partial<Seed> = {}, { connections = 4, limitMs }: ShopLimits = {}) {
  const sale = await openSale(product, connections);
  const signing = await generateKeyPair(RESERVATION_TOKEN.alg, { extractable: true });
  const otherAlgorithm = await generateKeyPair('ES384', { extractable: true });
  const publicJwk = { ...(await exportJWK(signing.publicKey)), kid: 'k1' };
  const keys = [publicJwk, { ...(await exportJWK(otherAlgorithm.publicKey)), kid: 'k384' }];
  const gateway = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  sale.lifecycle.onClose('key set', () => {
    gateway.closeAllConnections();
    return new Promise((resolve) => gateway.close(resolve));
  });

  const catalog = createCatalog(sale.sql);
  await catalog.refresh();
  const limit = limitMs === undefined ? {} : { limitMs };
  const database = createDatabaseBulkhead({ slots: connections, ...limit });
  const log = createLog('checkout', 'silent');
  const accountsPool = (name: string) =>
    connectDb(sale.url, { name, max: 2, lifecycle: sale.lifecycle, log }).sql;
  const pools = { auth: accountsPool('auth'), own: accountsPool('accounts') };
  const accounts = createAccounts({
    pools,
    secret: AUTH_SECRET,
    publicUrl: ISSUER,
    clock: sale.clock,
    log,
    lifecycle: sale.lifecycle,
    ...limit,
  });
  const checkout: Checkout = {
    sql: sale.sql,
    clock: sale.clock,
    log,
    config: {
      tokenIssuer: ISSUER,
      orderSecret: 'o'.repeat(32),
      webhookSecret: WEBHOOK_SECRET,
      holdSeconds: 600,
      trustedProxies: trustedProxies('127.0.0.1'),
      cardForm: null,
    },
    keys: gatewayKeys(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`),
    catalog,
    accounts,
    orderStreams: createOrderStreams({ sql: sale.sql, clock: sale.clock, log, lifecycle: sale.lifecycle }),
    pricing: noExtras,
    database,
    soldOut: createSoldOutPrecheck({ sql: sale.sql, clock: sale.clock, database }),
    metrics: createMetrics(database),
  };
  const app = createApp(checkout);
  let tokens = 0;

  /** A token as the gateway signs it; the arguments override its claims, header and key. */
  async function token(
    claims: Record<string, unknown> = {},
    header: Partial<JWTHeaderParameters> = {},
    key: CryptoKey | Uint8Array = signing.privateKey,
  ): Promise<string> {
    const now = Math.floor(sale.clock.now() / 1000);
    tokens += 1;
    const standard = {
      iss: ISSUER,
      aud: RESERVATION_TOKEN.audience,
      sub: `ticket-${tokens}`,
      room: 'sale',
      epoch: 1,
      jti: `token-${tokens}`,
      iat: now,
      nbf: now,
      exp: now + 600,
      number: tokens,
      bnd: bindingHash(BINDING),
    };
    const signed = await new SignJWT({ ...standard, ...claims })
      .setProtectedHeader({ alg: RESERVATION_TOKEN.alg, typ: RESERVATION_TOKEN.typ, kid: 'k1', ...header })
      .sign(key);
    return withLowS(signed);
  }

  const wanted = (): OrderRequest => ({
    product_id: 'sneaker',
    quantity: 1,
    email: 'ann@example.com',
    payment_method: 'pm_card_visa',
  });

  /** `POST /v1/orders` from this browser. A header of `undefined` is left out. */
  async function order(
    bearer: string | undefined,
    body: unknown = {},
    headers: Record<string, string | undefined> = {},
  ): Promise<Response> {
    const all = {
      'content-type': 'application/json',
      authorization: bearer === undefined ? undefined : `Bearer ${bearer}`,
      'x-binding': BINDING,
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const text = typeof body === 'string' ? body : JSON.stringify({ ...wanted(), ...(body as object) });
    return app.request('/v1/orders', { method: 'POST', headers: given, body: text });
  }

  /** Places an order that must be accepted. */
  async function accepted(body: unknown = {}): Promise<OrderAnswer> {
    const response = await order(await token(), body);
    if (response.status !== 202)
      throw new Error(`expected 202, got ${response.status}: ${await response.text()}`);
    return (await response.json()) as OrderAnswer;
  }

  const own = { privateKey: signing.privateKey, kid: publicJwk.kid };
  return {
    ...sale,
    sale,
    pools,
    checkout,
    app,
    token,
    order,
    accepted,
    publicJwk,
    signing: own,
    otherAlgorithm,
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Status and code of a refusal. */
export async function refusal(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  const { code } = (await answer.json()) as { code: string };
  return `${answer.status} ${code}`;
}
