import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { connectDb } from '@shopfast/db/client';
import { migrate } from '@shopfast/db/migrate';
import { ensureServiceRoles, serviceUrl } from '@shopfast/db/roles';
import { seed } from '@shopfast/db/seed';
import { bindingHash, RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { portOf } from '@shopfast/kit/port-of';
import { withLowS } from '@shopfast/kit/reservation/low-s';
import { startStores } from '@shopfast/sandbox/stores/start';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { makeSecrets } from '@shopfast/sandbox/system/secrets';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type BenchCheckout = Awaited<ReturnType<typeof startCheckout>>;

const ISSUER = 'http://localhost:3000';
export const BINDING = 'bnd_of-the-benchmark';

/**
 * One checkout with its Postgres and nothing else: no worker takes processor time from what is measured. Tokens are
 * signed with the benchmark's own key, published as the gateway does.
 */
export async function startCheckout(lifecycle: Lifecycle) {
  const stores = await startStores({ parts: ['postgres'] });
  lifecycle.onClose('stores', () => stores.stop());
  const { databaseUrl } = stores.urls;
  await migrate(databaseUrl);
  const log = createLog('bench', 'warn');
  const { sql } = connectDb(databaseUrl, { name: 'bench', max: 2, lifecycle, log });
  const secrets = makeSecrets();
  await ensureServiceRoles(sql, secrets.database);
  await sql`create extension if not exists pg_stat_statements`;
  await sql`insert into rooms (id, name, settings, state, epoch) values ('bench', 'Bench', '{}', 'open', 1)`;
  const tokens = await openTokenMint(lifecycle);
  const managed = await startProcess({
    name: 'checkout',
    entry: join(import.meta.dirname, '../../checkout/src/serve.ts'),
    logFile: '/dev/null',
    env: {
      PORT: '0',
      DATABASE_URL: serviceUrl(databaseUrl, 'checkout', secrets.database.checkout),
      GATEWAY_URL: tokens.url,
      TOKEN_ISSUER: ISSUER,
      PUBLIC_URL: ISSUER,
      ORDER_SECRET: randomBytes(32).toString('hex'),
      AUTH_SECRET: randomBytes(32).toString('hex'),
      STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
      LOG_LEVEL: 'info',
    },
  });
  lifecycle.onClose('checkout', () => managed.stop());
  const url = managed.address();

  return {
    url,
    pid: managed.runningPid(),
    sql,
    databaseUrl,
    mint: tokens.mint,
    /** Puts a product on sale, and waits until the checkout knows it. */
    offer: async (productId: string, units: number) => {
      await seed(sql, {
        ...{ room: 'bench', productId, name: 'Sneaker', price: 4_900, currency: 'eur' },
        ...{ units, perCustomerLimit: 1 },
      });
      while (!(await fetch(`${url}/v1/products/${productId}`)).ok)
        await new Promise((resolve) => setTimeout(resolve, 100));
    },
  };
}

async function openTokenMint(lifecycle: Lifecycle) {
  const { alg, typ, audience } = RESERVATION_TOKEN;
  const pair = await generateKeyPair(alg, { extractable: true });
  const kid = 'bench';
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' }] });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lifecycle.onClose('key set', () => {
    server.closeAllConnections();
    server.close();
  });
  let minted = 0;
  const one = () => {
    minted += 1;
    return new SignJWT({ room: 'bench', epoch: 1, number: minted, bnd: bindingHash(BINDING) })
      .setProtectedHeader({ alg, typ, kid })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(`ticket-${minted}`)
      .setJti(`bench.1.ticket-${minted}`)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('2h')
      .sign(pair.privateKey)
      .then(withLowS);
  };
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    /** New reservation tokens. */
    mint: (count: number) => Promise.all(Array.from({ length: count }, one)),
  };
}
