import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectDb, type Sql } from '@shopfast/db/client';
import { findViolations } from '@shopfast/db/conservation';
import { type FoundOrder, findOrder } from '@shopfast/db/orders/find';
import { type Purchase, purchase } from '@shopfast/db/orders/purchase';
import { seed } from '@shopfast/db/seed';
import { createTestDatabase } from '@shopfast/db/testing';
import { systemClock } from '@shopfast/kit/clock';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog, type Log } from '@shopfast/kit/log';
import { connectRedis } from '@shopfast/kit/redis';
import { createFaults, type Faults, NO_FAULTS } from '@shopfast/sandbox/inbox/faults';
import { createMailbox, type Mailbox } from '@shopfast/sandbox/inbox/mailbox';
import { listenForMail } from '@shopfast/sandbox/inbox/smtp';
import { createStripeApp } from '@shopfast/sandbox/stripe/app';
import type { FaultSettings } from '@shopfast/sandbox/stripe/control';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { Redis } from 'ioredis';
import { smtpMailer } from '../email/mailer.ts';
import { type RetryPlan, retryPlans } from '../outbox/job-options.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import {
  createResiliencePolicy,
  type ResilienceOptions,
  type ResiliencePolicy,
} from '../payment/resilience-policy.ts';
import { stripeProvider } from '../payment/stripe.ts';
import { gatewayAdmin } from '../slots/gateway.ts';
import { startWorkers } from '../start.ts';
import { receiveWebhooks } from './webhooks.ts';

const PRODUCT = 'lamp';
const STRIPE_KEY = 'sk_test_workers';
const MAIL_FROM = 'ShopFast <orders@shop.example>';
const JOBS_DATABASES = 15;

type Urls = { databaseUrl: string; redisUrl: string; jobsRedisUrl: string };

export type ShopOptions = { units?: number; policy?: Partial<ResilienceOptions> };

export type WorkersOptions = {
  /** Every job is retried like this. */
  plan?: Partial<RetryPlan>;
  jobsRedisUrl?: string;
  sweepMs?: number;
};

export type OrderOverrides = {
  paymentMethod?: string;
  email?: string;
  holdMs?: number;
  jti?: string;
  locale?: string;
  /** A second product. */
  also?: string;
};

/**
 * Everything around the workers, for real: its own database and Redis database, the payment service and the inbox in
 * this process, the gateway in another. The test starts the workers.
 */
export async function openTestShop(urls: Urls, options: ShopOptions = {}) {
  const lines: string[] = [];
  const log = createLog('workers-test', 'info', { write: (line) => void lines.push(line) });
  const lifecycle = createLifecycle(log);
  try {
    const shop = await open(urls, options, log, lifecycle);
    return { ...shop, hasLogged: (text: string) => lines.some((line) => line.includes(text)) };
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

export type TestShop = Awaited<ReturnType<typeof openTestShop>>;

async function open(urls: Urls, options: ShopOptions, log: Log, lifecycle: Lifecycle) {
  const database = await createTestDatabase(urls.databaseUrl);
  lifecycle.onClose('database', database.drop);
  const { sql } = connectDb(database.url, { name: 'test', max: 4, lifecycle, log });
  const room = `room-${randomBytes(6).toString('hex')}`;
  await seed(sql, {
    ...{ room, productId: PRODUCT, name: 'Lamp <b>"1"</b>', price: 4_900, currency: 'EUR' },
    ...{ units: options.units ?? 20, perCustomerLimit: 1 },
  });
  const jobsRedisUrl = await ownJobsDatabase(urls.jobsRedisUrl);
  const stripe = await openStripe(sql, log, lifecycle);
  const inbox = await openInbox(log, lifecycle);
  const gateway = await openGateway(database.url, urls.redisUrl, room, lifecycle);
  const policy = createResiliencePolicy({
    timeoutMs: 1_000,
    concurrency: 10,
    probeAfterMs: 300,
    ...options.policy,
  });
  const provider = stripeProvider({ secretKey: STRIPE_KEY, apiBase: stripe.url, timeoutMs: 1_000 }, policy);
  const around = { sql, room, policy, provider, stripe, inbox, gateway, log };

  return {
    ...around,
    databaseUrl: database.url,
    jobsRedisUrl,
    /** The environment of a worker process on this shop. */
    env: {
      ...{ DATABASE_URL: database.url, JOBS_REDIS_URL: jobsRedisUrl, SMTP_URL: inbox.smtpUrl, MAIL_FROM },
      ...{ GATEWAY_URL: gateway.url, GATEWAY_KEY: gateway.adminKey, PUBLIC_URL: 'http://localhost:3000' },
      ...{ STRIPE_SECRET_KEY: STRIPE_KEY, STRIPE_API_BASE: stripe.url, PORT: '0', LOG_LEVEL: 'warn' },
    },
    placeOrder: (overrides: OrderOverrides = {}) => placeOrder(sql, room, overrides),
    /** @throws unless the order exists */
    find: async (orderId: string): Promise<FoundOrder> => {
      const order = await findOrder(sql, orderId);
      if (!order) throw new Error(`there is no order ${orderId}`);
      return order;
    },
    stateOf: async (orderId: string) => (await findOrder(sql, orderId))?.state,
    violations: () => findViolations(sql),
    startWorkers: (how: WorkersOptions = {}) =>
      startTestWorkers({ ...around, databaseUrl: database.url, jobsRedisUrl }, lifecycle, how),
    /** Dependencies whose payment service opens nothing until `release`, outside every time limit. */
    holdPayments: () => {
      const { promise, resolve: release } = Promise.withResolvers<void>();
      const open: PaymentProvider['open'] = (request) => promise.then(() => provider.open(request));
      return { provider: { ...provider, open }, release };
    },
    /** The dependencies of handlers, for tests that call a single one. */
    deps: { ...around, publicUrl: 'http://localhost:3000', clock: systemClock },
    close: () => lifecycle.close(),
  };
}

async function placeOrder(sql: Sql, room: string, overrides: OrderOverrides): Promise<string> {
  const orderId = randomUUID();
  const now = Date.now();
  const [row] = await sql<{ epoch: number }[]>`select epoch from rooms where id = ${room}`;
  const result = await purchase(sql, {
    ...{ orderId, jti: overrides.jti ?? randomUUID(), ticketId: randomUUID(), room, number: 1 },
    epoch: row?.epoch ?? 0,
    items: [PRODUCT, ...(overrides.also ? [overrides.also] : [])].map((productId) => ({
      ...{ productId, quantity: 1, quotedPrice: null },
    })) as Purchase['items'],
    ...{ tax: 0, shipping: 0, destination: null },
    ...{
      userId: null,
      idempotencyKey: null,
      requestHash: 'hash',
      locale: overrides.locale ?? null,
    },
    email: overrides.email ?? `${orderId}@example.com`,
    paymentMethod: overrides.paymentMethod ?? 'pm_card_visa',
    holdUntil: new Date(now + (overrides.holdMs ?? 600_000)),
    now: new Date(now),
  });
  if (result.outcome !== 'placed') throw new Error(`the order was not placed: ${result.outcome}`);
  return orderId;
}

/** Test files share one Redis, and queue names are fixed: each shop takes its own Redis database. */
async function ownJobsDatabase(serverUrl: string): Promise<string> {
  const redis = new Redis(serverUrl);
  const number = ((await redis.incr('shopfast-test:jobs-databases')) % JOBS_DATABASES) + 1;
  await redis.select(number);
  await redis.flushdb();
  await redis.quit();
  const url = new URL(serverUrl);
  url.pathname = `/${number}`;
  return url.href;
}

async function openStripe(sql: Sql, log: Log, lifecycle: Lifecycle) {
  const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`;
  const webhookUrl = await receiveWebhooks(sql, webhookSecret, lifecycle);
  const dice: number[] = [];
  const app = createStripeApp({
    ...{ secretKey: STRIPE_KEY, webhookSecret, clock: systemClock, log, lifecycle },
    random: () => dice.shift() ?? 0.5,
    webhookEvents: [
      'payment_intent.succeeded',
      'payment_intent.payment_failed',
      'payment_intent.canceled',
      'charge.refunded',
    ],
  });
  const { port } = await listen({
    fetch: (request, bindings) => app.fetch(request, bindings as never),
    ...{ port: 0, host: '127.0.0.1', lifecycle },
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    /** Sends webhooks from now on. Before, the workers do without them. */
    sendWebhooks: () => control(url, { webhook_url: webhookUrl }),
    misbehave: (faults: Partial<FaultSettings>) => control(url, faults),
    /**
     * Sets the fates of the next calls. The fake provider rolls three dice for each: is it delayed, does it fail, is
     * its answer dropped. The SDK repeats a dropped call, which then is known and cannot fail.
     */
    nextCalls: async (...fates: Array<'answered' | 'dropped'>) => {
      await control(url, { drop_answer_rate: 0.1 });
      dice.push(...fates.flatMap((fate) => (fate === 'dropped' ? [0.5, 0.5, 0, 0.5, 0] : [0.5, 0.5, 0.5])));
    },
    behave: async () => {
      dice.length = 0;
      await (await fetch(`${url}/_control`, { method: 'DELETE' })).text();
    },
    state: async () => (await (await fetch(`${url}/_state`)).json()) as StripeState,
    answerAtBank: async (actionUrl: string | null, outcome: 'approve' | 'fail') =>
      void (await (
        await fetch(actionUrl ?? '', {
          method: 'POST',
          body: new URLSearchParams({ outcome }),
          redirect: 'manual',
        })
      ).text()),
  };
}

export type StripeState = {
  intents: Record<string, number>;
  charges: {
    succeeded: number;
    failed: number;
    by_order: Record<string, number>;
    amount_by_order: Record<string, number>;
  };
  charged_more_than_once: string[];
  refunds: { count: number; amount_by_order: Record<string, number> };
  webhooks: { pending: number };
};

async function control(url: string, change: object): Promise<void> {
  const answer = await fetch(`${url}/_control`, { method: 'POST', body: JSON.stringify(change) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
}

async function openInbox(log: Log, lifecycle: Lifecycle) {
  const mailbox: Mailbox = createMailbox();
  const faults: Faults = createFaults();
  const port = await listenForMail({
    ...{ host: '127.0.0.1', port: 0, mailbox, faults, clock: systemClock, log, lifecycle },
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    misbehave: (settings: Partial<ReturnType<Faults['get']>>) => faults.set({ ...NO_FAULTS, ...settings }),
    mailsTo: (to: string) => mailbox.list({ to, limit: 10_000 }),
    mails: () => mailbox.list({ limit: 10_000 }),
  };
}

async function openGateway(databaseUrl: string, redisUrl: string, room: string, lifecycle: Lifecycle) {
  const adminKey = `adm_${randomBytes(32).toString('base64url')}`;
  const gateway = await startProcess({
    name: 'gateway',
    entry: join(import.meta.dirname, '../../../gateway/src/serve.ts'),
    logFile: '/dev/null',
    env: {
      ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
      ...{
        TICKET_SECRET: randomBytes(32).toString('hex'),
        KEY_ENCRYPTION_SECRET: randomBytes(32).toString('hex'),
      },
      ADMIN_KEY: adminKey,
    },
  });
  lifecycle.onClose('gateway', () => gateway.stop());
  const url = gateway.ready.url as string;
  const admin = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/v1/admin${path}`, {
      method,
      headers: { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  await admin('POST', '/rooms', { id: room });
  await admin('POST', `/rooms/${room}/open`);
  return { url, adminKey, process: gateway };
}

type WorkersParts = {
  databaseUrl: string;
  jobsRedisUrl: string;
  provider: PaymentProvider;
  policy: ResiliencePolicy;
  inbox: { smtpUrl: string };
  gateway: { url: string; adminKey: string };
  log: Log;
};

/** Relay and workers as in `serve.ts`, with immediate retries. */
function startTestWorkers(shop: WorkersParts, shopLifecycle: Lifecycle, how: WorkersOptions) {
  const { log, provider, policy } = shop;
  const lifecycle = createLifecycle(log);
  shopLifecycle.onClose('workers', () => lifecycle.close());
  const { sql } = connectDb(shop.databaseUrl, { name: 'workers', max: 4, lifecycle, log });
  const jobsRedisUrl = how.jobsRedisUrl ?? shop.jobsRedisUrl;
  const plan: RetryPlan = { attempts: 1_000, firstDelayMs: 20, maxDelayMs: 200, ...how.plan };
  const { registry } = startWorkers({
    ...{ sql, provider, policy, log, lifecycle, clock: systemClock },
    producerRedis: connectRedis(jobsRedisUrl, 'requests', { log, lifecycle }),
    workerRedis: connectRedis(jobsRedisUrl, 'worker', { log, lifecycle }),
    mailer: smtpMailer({ url: shop.inbox.smtpUrl, from: MAIL_FROM, connections: 3, lifecycle }),
    mailFrom: MAIL_FROM,
    gateway: gatewayAdmin(shop.gateway.url, shop.gateway.adminKey),
    publicUrl: 'http://localhost:3000',
    ...(how.sweepMs ? { sweepMs: how.sweepMs } : {}),
    concurrency: { payment: 8, email: 3, holds: 4, slots: 4 },
    plans: Object.fromEntries(Object.keys(retryPlans).map((name) => [name, plan])) as typeof retryPlans,
  });
  return { registry, stop: () => lifecycle.close() };
}
