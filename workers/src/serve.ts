import { acceptsWrites, connectDb } from '@shopfast/db/client';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';
import { addressWithin, isFromTrusted } from '@shopfast/kit/client-address';
import { timeoutsOf } from '@shopfast/kit/client-timeouts';
import { systemClock } from '@shopfast/kit/clock';
import { createDrain } from '@shopfast/kit/drain';
import { announceReady, listen } from '@shopfast/kit/http';
import { type Lifecycle, runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { metricsPort, serveMetrics } from '@shopfast/kit/metrics-server';
import { connectRedis } from '@shopfast/kit/redis';
import { checkRedis, writeToEveryPrimary } from '@shopfast/kit/redis/check';
import { isRedisUnavailable } from '@shopfast/kit/redis/errors';
import { untilAvailable } from '@shopfast/kit/until-available';
import { jobBoard } from './admin/job-board.ts';
import { adminRoutes } from './admin/routes.ts';
import { createApp } from './app.ts';
import { smtpMailer } from './email/mailer.ts';
import { workersEnv } from './env.ts';
import { chooseProvider } from './payment/choose.ts';
import { createResiliencePolicy } from './payment/resilience-policy.ts';
import { startPruning } from './retention/prune.ts';
import { gatewayAdmin } from './slots/gateway.ts';
import { startWorkers } from './start.ts';

const METRICS_PORT = 9466;
/** What readiness writes, and the check at the start. */
const READINESS_KEY = 'jobs:readyz';

const env = workersEnv();
const log = createLog('workers', env.LOG_LEVEL);

const drain = createDrain(env.DRAIN_SECONDS);

await runService(log, start, drain);

async function start(lifecycle: Lifecycle): Promise<void> {
  const { DATABASE_URL, DATABASE_POOLER: pooler, DB_POOL: max } = env;
  const { sql } = connectDb(DATABASE_URL, { name: 'workers', max, pooler, lifecycle, log });
  const producerRedis = connectRedis(env.redis, 'requests', { log, lifecycle });
  const workerRedis = connectRedis(env.redis, 'worker', { log, lifecycle });
  await untilAvailable('Postgres', () => sql`select 1`, { isTemporary: isUnavailable, log });
  const isRedisThere = () => checkRedis(producerRedis, env.redis, READINESS_KEY);
  await untilAvailable('Redis', isRedisThere, { isTemporary: isRedisUnavailable, log });
  const policy = createResiliencePolicy({
    timeoutMs: env.PAYMENT_TIMEOUT_MS,
    concurrency: env.PAYMENT_CONCURRENCY + env.HOLDS_CONCURRENCY,
  });
  const provider = chooseProvider(env, policy);
  const mailer = smtpMailer({
    url: env.SMTP_URL,
    from: env.MAIL_FROM,
    connections: env.EMAIL_CONCURRENCY,
    rate: { mails: env.SMTP_RATE_LIMIT, seconds: env.SMTP_RATE_SECONDS },
    lifecycle,
  });
  const { registry, figures, queues } = startWorkers({
    sql,
    producerRedis,
    workerRedis,
    provider,
    policy,
    mailer,
    mailFrom: env.MAIL_FROM,
    gateway: gatewayAdmin(env.GATEWAY_URL, env.GATEWAY_KEY),
    publicUrl: env.PUBLIC_URL,
    concurrency: {
      payment: env.PAYMENT_CONCURRENCY,
      email: env.EMAIL_CONCURRENCY,
      holds: env.HOLDS_CONCURRENCY,
      slots: env.SLOTS_CONCURRENCY,
    },
    takeOver: { lockDurationMs: env.JOB_LOCK_SECONDS * 1_000, checkEveryMs: env.JOB_LOCK_SECONDS * 333 },
    sweepMs: env.SWEEP_SECONDS * 1_000,
    clock: systemClock,
    log,
    lifecycle,
  });
  const keptDays = {
    jobs: env.JOBS_KEPT_DAYS,
    emails: env.EMAILS_KEPT_DAYS,
    paymentEvents: env.PAYMENT_EVENTS_KEPT_DAYS,
    accountMails: env.ACCOUNT_MAILS_KEPT_DAYS,
    turnReminders: env.TURN_MAILS_KEPT_DAYS,
  };
  startPruning({ sql, clock: systemClock, log, keptDays }, lifecycle);
  const door = { badKeys: createBadKeys(), addressOf: addressWithin(env.TRUSTED_PROXIES) };
  const app = createApp({
    isDraining: () => drain.isDraining,
    checks: {
      postgres: () => acceptsWrites(sql),
      redis: () => writeToEveryPrimary(producerRedis, READINESS_KEY),
    },
    admin: adminRoutes({ sql, clock: systemClock, figures, door }),
    board: jobBoard({ sql, clock: systemClock, queues, door }),
    log,
    isTrusted: (c) => isFromTrusted(c, env.TRUSTED_PROXIES),
  });
  const metricsUrl = await serveMetrics(registry, {
    ...{ host: env.METRICS_HOST, port: metricsPort(env, METRICS_PORT), lifecycle },
  });
  const { port } = await listen({
    fetch: app.fetch,
    port: env.PORT,
    host: env.HOST,
    timeouts: timeoutsOf(env),
    drain,
    lifecycle,
  });
  const url = `http://${env.HOST}:${port}`;
  log.info({ url, metrics: metricsUrl }, 'the workers are running');
  announceReady({ url, metrics_url: metricsUrl });
}
