import { connectDb } from '@shopfast/db/client';
import { createDatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { timeoutsOf } from '@shopfast/kit/client-timeouts';
import { systemClock } from '@shopfast/kit/clock';
import { createDrain } from '@shopfast/kit/drain';
import { announceReady, listen } from '@shopfast/kit/http';
import { type Lifecycle, runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { metricsPort, serveMetrics } from '@shopfast/kit/metrics-server';
import { untilAvailable } from '@shopfast/kit/until-available';
import { createAccounts, startPruningAccounts } from './accounts/accounts.ts';
import { createApp } from './app.ts';
import { createCatalog, keepFresh } from './catalog/catalog.ts';
import type { Checkout } from './deps.ts';
import { readCheckoutEnv } from './env.ts';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { createMetrics } from './metrics.ts';
import { createOrderStreams } from './orders/order-streams.ts';
import { noExtras } from './orders/pricing.ts';
import { createSoldOutPrecheck } from './orders/sold-out-precheck.ts';
import { gatewayKeys } from './reservation.ts';
import { missingShopPages } from './shop-pages.ts';

const METRICS_PORT = 9465;

const env = readCheckoutEnv();
const log = createLog('checkout', env.LOG_LEVEL);

const drain = createDrain(env.DRAIN_SECONDS);

await runService(log, start, drain);

async function start(lifecycle: Lifecycle): Promise<void> {
  const pooler = env.DATABASE_POOLER;
  const { sql } = connectDb(env.DATABASE_URL, { name: 'checkout', max: env.DB_POOL, pooler, lifecycle, log });
  await untilAvailable('Postgres', () => sql`select 1`, { isTemporary: isUnavailable, log });
  const database = createDatabaseBulkhead({ slots: env.DB_POOL });
  const catalog = createCatalog(sql);
  await keepFresh(catalog, { lifecycle, log });
  const accountsPool = (name: string) =>
    connectDb(env.DATABASE_URL, { name, max: env.ACCOUNTS_DB_POOL, pooler, lifecycle, log }).sql;
  const accounts = createAccounts({
    pools: { auth: accountsPool('checkout-auth'), own: accountsPool('checkout-accounts') },
    secret: env.AUTH_SECRET,
    publicUrl: env.PUBLIC_URL,
    clock: systemClock,
    log,
    lifecycle,
  });
  startPruningAccounts({ sql: accounts.sql, clock: systemClock, log, lifecycle });

  const checkout: Checkout = {
    sql,
    clock: systemClock,
    log,
    config: {
      tokenIssuer: env.TOKEN_ISSUER,
      orderSecret: env.ORDER_SECRET,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      holdSeconds: env.HOLD_SECONDS,
      smtpUtf8: env.SMTP_UTF8,
      trustedProxies: env.TRUSTED_PROXIES,
      cardForm: env.STRIPE_PUBLISHABLE_KEY
        ? { publishableKey: env.STRIPE_PUBLISHABLE_KEY, script: env.STRIPE_JS_URL }
        : null,
    },
    keys: gatewayKeys(env.GATEWAY_URL),
    catalog,
    accounts,
    orderStreams: createOrderStreams({ sql, clock: systemClock, log, lifecycle }),
    pricing: noExtras,
    database,
    soldOut: createSoldOutPrecheck({ sql, clock: systemClock, database }),
    metrics: createMetrics(database),
  };
  const missing = missingShopPages();
  if (missing) log.error(`not ready: ${missing}`);
  const handlers = createHotPathHandlers(checkout);
  const app = createApp(checkout, () => drain.isDraining, handlers);
  const metricsUrl = await serveMetrics(checkout.metrics.registry, {
    ...{ host: env.METRICS_HOST, port: metricsPort(env, METRICS_PORT), lifecycle },
  });
  const { port } = await listen({
    fetch: app.fetch,
    httpBypass: createHttpBypass(handlers),
    port: env.PORT,
    host: env.HOST,
    timeouts: timeoutsOf(env),
    drain,
    lifecycle,
  });
  log.info({ port, metrics: metricsUrl }, 'the checkout is ready');
  announceReady({ url: `http://${env.HOST}:${port}`, metrics_url: metricsUrl });
}
