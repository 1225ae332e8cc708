import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDb } from '@shopfast/db/client';
import { migrate } from '@shopfast/db/migrate';
import { ensureServiceRoles, SERVICES, serviceUrl } from '@shopfast/db/roles';
import { createdKey, keyList } from '@shopfast/kit/contracts/keys';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { readGivenUrls } from '../stores/env.ts';
import { freePort } from '../stores/free-port.ts';
import { startPooler } from '../stores/pooler.ts';
import { type RedisCluster, startRedisCluster } from '../stores/redis-cluster.ts';
import { type Stores, startStores } from '../stores/start.ts';
import type { GivenServices } from './env.ts';
import type { LinkName } from './links.ts';
import { type ManagedProcess, startProcess } from './processes.ts';
import { makeAdminKey, makeSecrets, type Secrets } from './secrets.ts';
import { shopRules } from './shop-rules.ts';

export type SystemPorts = {
  gateway: number;
  checkout: number;
  workers: number;
  inbox: number;
  stripe: number;
  /** Ports of the metrics of the first gateway, the checkout and the workers. Default: any free one. */
  metrics?: Record<Measured, number>;
};
export type Measured = 'gateway' | 'checkout' | 'workers';
export const FREE_PORTS: SystemPorts = { gateway: 0, checkout: 0, workers: 0, inbox: 0, stripe: 0 };

export type SystemOptions = {
  ports: SystemPorts;
  /** Called at each step of the start. */
  onProgress?: (step: string) => void;
  /** A service or server ended unexpectedly. */
  onDeath?: (name: string, detail: string) => void;
  logLevel?: string;
  /** Real services to use instead of the inbox and the fake Stripe. */
  given?: GivenServices;
  /** Shoppers must pass this room to see the shop's pages; without one they are open. */
  shopRoom?: string;
  /** The services reach Postgres through PgBouncer in transaction mode. Default: false. */
  pooler?: boolean;
  /** Waiting room and jobs use one Redis Cluster of three primaries and three replicas. Default: false, a server each. */
  cluster?: boolean;
  /** Both Redis servers keep an append-only file, so that a killed one restores its data. Default: false. */
  appendOnly?: boolean;
  /** The next start with the same value continues where this one ended. Default: everything is removed at the end. */
  kept?: KeptSystem;
  /** The shop uses the fake Stripe's card form, as with Stripe's. Default: false, test cards. */
  cardForm?: boolean;
  /** How many gateways share the one port. Default: 1. */
  gateways?: number;
  /** Returns the address under which one part reaches another, to put something in between. Default: the part's own. */
  link?: (link: LinkName, address: string) => Promise<string>;
  /** Extra environment by service, for tests. */
  env?: Partial<Record<ServiceName, Record<string, string>>>;
};

export type KeptSystem = {
  /** For the stores, the mails, the payments and the logs. */
  folder: string;
  secrets: Secrets;
  adminKey: string;
};

export type ServiceName = 'gateway' | 'checkout' | 'workers' | 'inbox' | 'stripe';

export type System = {
  urls: { gateway: string; checkout: string; inbox: string; stripe: string };
  /** Addresses of the metrics; they change with a restart. */
  readonly metrics: Record<Measured, string>;
  databaseUrl: string;
  /** With a Cluster: the first node. */
  redisUrl: string;
  jobsRedisUrl: string;
  /** The servers, for fault injection. */
  stores: Stores;
  adminKey: string;
  processes: Record<ServiceName, ManagedProcess>;
  /** All gateways that share the port; the first is `processes.gateway`. */
  gateways: ManagedProcess[];
  logFolder: string;
  stop(): Promise<void>;
};

/**
 * Starts the whole product on this machine: Postgres, two Redis servers, inbox, payment service, gateway, checkout,
 * workers, each a separate process. After a failure or an interrupt, everything that was started is ended.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const lifecycle = createLifecycle();
  try {
    return await start(options, lifecycle);
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

/**
 * Waits for all, so that after a failure nothing is still being started while the others are ended.
 * @throws the first failure
 */
async function together<Starts extends readonly unknown[] | []>(
  starts: Starts,
): Promise<{ -readonly [At in keyof Starts]: Awaited<Starts[At]> }> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

async function start(options: SystemOptions, lifecycle: Lifecycle): Promise<System> {
  const { ports, onProgress = () => {}, onDeath = () => {}, link = async (_, address) => address } = options;
  const { kept } = options;
  const secrets = kept?.secrets ?? makeSecrets();
  const adminKey = kept?.adminKey ?? makeAdminKey();

  onProgress('starting Postgres and Redis');
  const { stores, cluster } = await openStores(options, lifecycle);
  const logFolder = kept
    ? await makeKeptLogFolder(kept.folder)
    : await makeLogFolder(stores.folder, lifecycle);
  const { databaseUrl, redisUrl, jobsRedisUrl } = stores.urls;

  const metricsPorts: Partial<Record<ServiceName, number>> = ports.metrics ?? {};
  const launch = async (
    service: ServiceName,
    entry: string,
    env: Record<string, string | number>,
    nth = 1,
  ) => {
    const name = nth === 1 ? service : `${service}-${nth}`;
    onProgress(`starting ${name}`);
    const managed = await startProcess({
      name,
      entry: join(import.meta.dirname, '../../..', entry),
      logFile: join(logFolder, `${name}.log`),
      env: {
        HOST: '127.0.0.1',
        LOG_LEVEL: options.logLevel ?? 'info',
        METRICS_PORT: String(nth === 1 ? (metricsPorts[service] ?? 0) : 0),
        ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
        ...options.env?.[service],
      },
      onDeath: (detail) => onDeath(name, detail),
    });
    lifecycle.onClose(name, () => managed.stop());
    return managed;
  };

  const gatewayPort = ports.gateway || (await freePort());
  const checkoutPort = ports.checkout || (await freePort());
  const workersPort = ports.workers || (await freePort());
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const checkoutUrl = `http://127.0.0.1:${checkoutPort}`;
  const given = options.given ?? {};
  const publicUrl = given.publicUrl ?? `http://localhost:${gatewayPort}`;
  const stripeKey = given.stripe?.secretKey ?? secrets.stripeKey;
  const webhookSecret = given.stripe?.webhookSecret ?? secrets.webhookSecret;
  const launchInbox = () =>
    launch('inbox', 'sandbox/src/inbox/serve.ts', {
      ...{ PORT: ports.inbox, SMTP_PORT: 0 },
      ...(kept ? { MAILBOX_FILE: join(kept.folder, 'inbox.json') } : {}),
    });
  const launchStripe = async () =>
    launch('stripe', 'sandbox/src/stripe/serve.ts', {
      PORT: ports.stripe,
      STRIPE_SECRET_KEY: secrets.stripeKey,
      WEBHOOK_URL: `${await link('payment service to checkout', checkoutUrl)}/v1/payments/webhook`,
      WEBHOOK_SECRET: secrets.webhookSecret,
      ...(kept ? { LEDGER_FILE: join(kept.folder, 'payments.json') } : {}),
    });
  const [inbox, stripe] = await together([
    launchInbox(),
    launchStripe(),
    prepareDatabase(databaseUrl, secrets),
  ]);
  const databases = await databaseOfServices(databaseUrl, secrets, options, lifecycle);
  // The sandbox's inbox accepts any address; other mail servers may not.
  const smtpUtf8 = given.smtp ? {} : { SMTP_UTF8: 'true' };
  const protect = options.shopRoom ? await writeShopRules(logFolder, options.shopRoom) : {};
  const gatewayEnv = {
    PORT: gatewayPort,
    ...(cluster
      ? { REDIS_CLUSTER: cluster.addresses }
      : { REDIS_URL: await link('gateway to Redis', redisUrl) }),
    ...databases.gateway,
    PUBLIC_URL: publicUrl,
    ...smtpUtf8,
    CHECKOUT_URL: await link('gateway to checkout', checkoutUrl),
    WORKERS_URL: `http://127.0.0.1:${workersPort}`,
    TICKET_SECRET: secrets.ticket,
    KEY_ENCRYPTION_SECRET: secrets.keyEncryption,
    ADMIN_KEY: adminKey,
    TRUSTED_PROXIES: given.trustedProxies ?? '',
    ...(given.smtp ? {} : { INBOX_URL: inbox.address() }),
    REUSE_PORT: String((options.gateways ?? 1) > 1),
    ...protect,
  };
  const launchGateway = (nth: number) => launch('gateway', 'gateway/src/serve.ts', gatewayEnv, nth);
  const others = Array.from({ length: (options.gateways ?? 1) - 1 }, (_, at) => at + 2);
  const launchCheckout = async () =>
    launch('checkout', 'checkout/src/serve.ts', {
      PORT: checkoutPort,
      ...databases.checkout,
      GATEWAY_URL: await link('checkout to gateway', gatewayUrl),
      PUBLIC_URL: publicUrl,
      TOKEN_ISSUER: publicUrl,
      ...smtpUtf8,
      ORDER_SECRET: secrets.order,
      AUTH_SECRET: secrets.auth,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      ...cardFormOf(options, stripe.address()),
    });
  const [checkout, gateway, ...otherGateways] = await together([
    launchCheckout(),
    launchGateway(1),
    ...others.map(launchGateway),
  ]);
  const workers = await launch('workers', 'workers/src/serve.ts', {
    PORT: workersPort,
    ...databases.workers,
    ...(cluster
      ? { JOBS_REDIS_CLUSTER: cluster.addresses }
      : { JOBS_REDIS_URL: await link('workers to Redis', jobsRedisUrl) }),
    GATEWAY_URL: await link('workers to gateway', gatewayUrl),
    GATEWAY_KEY: await makeWorkersKey(gatewayUrl, adminKey, kept !== undefined),
    SMTP_URL: given.smtp?.url ?? (await link('workers to mail server', inbox.address('smtp_url'))),
    MAIL_FROM: given.smtp?.from ?? 'ShopFast <orders@shopfast.example>',
    STRIPE_SECRET_KEY: stripeKey,
    ...(given.stripe ? {} : { STRIPE_API_BASE: await link('workers to payment service', stripe.address()) }),
    PUBLIC_URL: publicUrl,
  });

  return {
    urls: {
      gateway: publicUrl,
      checkout: checkoutUrl,
      inbox: inbox.address(),
      stripe: stripe.address(),
    },
    get metrics() {
      const of = (one: ManagedProcess) => one.address('metrics_url');
      return { gateway: of(gateway), checkout: of(checkout), workers: of(workers) };
    },
    databaseUrl,
    redisUrl,
    jobsRedisUrl,
    stores,
    adminKey,
    processes: { inbox, stripe, gateway, checkout, workers },
    gateways: [gateway, ...otherGateways],
    logFolder,
    stop: () => lifecycle.close(),
  };
}

async function openStores(
  { onDeath = () => {}, appendOnly = false, kept, cluster: isClustered }: SystemOptions,
  lifecycle: Lifecycle,
): Promise<{ stores: Stores; cluster: RedisCluster | undefined }> {
  const cluster = isClustered
    ? await startRedisCluster({ primaries: 3, replicas: 3, appendOnly, onDeath })
    : undefined;
  if (cluster) lifecycle.onClose('cluster', cluster.stop);
  const node = cluster && `redis://${cluster.addresses.split(',')[0]}`;
  const given = { ...readGivenUrls(), ...(node ? { waitroom: node, jobs: node } : {}) };
  const keptFolder = kept && join(kept.folder, 'stores');
  const stores = await startStores({ onDeath, appendOnly, keptFolder, given });
  lifecycle.onClose('stores', () => stores.stop());
  return { stores, cluster };
}

/** The settings of the card form on the shop's pages, if any. */
function cardFormOf({ given, cardForm }: SystemOptions, stripeUrl: string): Record<string, string> {
  if (given?.stripe?.publishableKey) return { STRIPE_PUBLISHABLE_KEY: given.stripe.publishableKey };
  return cardForm ? { STRIPE_PUBLISHABLE_KEY: 'pk_test_sandbox', STRIPE_JS_URL: `${stripeUrl}/v3/` } : {};
}

/** How each service reaches Postgres: with its own role, directly or through a pooler. */
async function databaseOfServices(
  databaseUrl: string,
  { database }: Secrets,
  { pooler = false, link = async (_, address) => address }: SystemOptions,
  lifecycle: Lifecycle,
) {
  const direct = await Promise.all(
    SERVICES.map((service) =>
      link(`${service} to Postgres`, serviceUrl(databaseUrl, service, database[service])),
    ),
  );
  const [gateway, checkout, workers] = pooler ? await startPooler(direct, lifecycle) : direct;
  const environment = (url = '') => ({
    DATABASE_URL: url,
    DATABASE_POOLER: pooler ? 'transaction' : 'none',
  });
  return { gateway: environment(gateway), checkout: environment(checkout), workers: environment(workers) };
}

/** In the stores' folder, which is removed in every case; a separate folder if no store was started. */
async function makeLogFolder(storesFolder: string | undefined, lifecycle: Lifecycle): Promise<string> {
  const folder = await mkdtemp(join(storesFolder ?? tmpdir(), 'shopfast-logs-'));
  if (!storesFolder) lifecycle.onClose('logs', () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The logs of one start: those of the earlier start are removed. */
async function makeKeptLogFolder(folder: string): Promise<string> {
  const logs = join(folder, 'logs');
  await rm(logs, { recursive: true, force: true });
  await mkdir(logs, { recursive: true });
  return logs;
}

async function writeShopRules(folder: string, room: string): Promise<{ PROTECT_CONFIG: string }> {
  const path = join(folder, 'protect.json');
  await writeFile(path, JSON.stringify(shopRules(room), null, 2));
  return { PROTECT_CONFIG: path };
}

async function prepareDatabase(databaseUrl: string, secrets: Secrets): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    await migrate(databaseUrl);
    const log = createLog('prepare', 'warn');
    const { sql } = connectDb(databaseUrl, { name: 'prepare', max: 1, lifecycle, log });
    await ensureServiceRoles(sql, secrets.database);
    await sql`create extension if not exists pg_stat_statements`;
  } finally {
    await lifecycle.close();
  }
}

const WORKERS_KEY = 'workers';

/**
 * The workers get a separate key with the lowest role that they need.
 * @param replace whether the keys of an earlier start are revoked
 */
async function makeWorkersKey(gatewayUrl: string, adminKey: string, replace: boolean): Promise<string> {
  const call = async (method: string, path = '', body?: object) => {
    const answer = await fetch(`${gatewayUrl}/v1/admin/keys${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok)
      throw new Error(`The gateway created no key for the workers: ${answer.status} ${await answer.text()}`);
    const document: unknown = answer.status === 204 ? undefined : await answer.json();
    return document;
  };
  if (replace) {
    const { keys } = keyList.parse(await call('GET'));
    for (const { id, name, revoked_at } of keys)
      if (name === WORKERS_KEY && revoked_at === null) await call('DELETE', `/${id}`);
  }
  return createdKey.parse(await call('POST', '', { name: WORKERS_KEY, role: 'operator' })).key;
}
