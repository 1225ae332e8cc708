import { connectDb } from '@shopfast/db/client';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { timeoutsOf } from '@shopfast/kit/client-timeouts';
import { systemClock } from '@shopfast/kit/clock';
import { createDrain } from '@shopfast/kit/drain';
import { announceReady, listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle, runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { metricsPort, serveMetrics } from '@shopfast/kit/metrics-server';
import { connectRedis } from '@shopfast/kit/redis';
import { checkRedis } from '@shopfast/kit/redis/check';
import { isRedisUnavailable } from '@shopfast/kit/redis/errors';
import { untilAvailable } from '@shopfast/kit/until-available';
import { ensureFirstKey } from './admin/first-key.ts';
import { createApp } from './app.ts';
import { readGatewayEnv } from './env.ts';
import { createGateway, startBackgroundWork } from './gateway.ts';
import { READINESS_KEY } from './health.ts';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { createMetrics } from './metrics.ts';
import { missingGatewayPages } from './pages/built-pages.ts';
import { protectedRooms, readProtectConfig } from './protect/config.ts';
import { createProtect } from './protect/protect.ts';
import { acceptUpgrades } from './protect/upgrade.ts';
import { restoreRoom } from './rooms/sync-to-redis.ts';

const METRICS_PORT = 9464;

const env = readGatewayEnv();
const log = createLog('gateway', env.LOG_LEVEL);

const drain = createDrain(env.DRAIN_SECONDS);

await runService(log, start, drain);

async function start(lifecycle: Lifecycle): Promise<void> {
  const { DATABASE_URL, DATABASE_POOLER: pooler, DB_POOL: max } = env;
  const { sql } = connectDb(DATABASE_URL, { name: 'gateway', max, pooler, lifecycle, log });
  const redis = connectRedis(env.redis, 'requests', { log, lifecycle });
  await untilAvailable('Postgres', () => sql`select 1`, { isTemporary: isUnavailable, log });
  const isRedisThere = () => checkRedis(redis, env.redis, READINESS_KEY);
  await untilAvailable('Redis', isRedisThere, { isTemporary: isRedisUnavailable, log });
  const services = {
    checkout: env.CHECKOUT_URL.replace(/\/$/, ''),
    workers: env.WORKERS_URL.replace(/\/$/, ''),
  };
  const gateway = await createGateway({
    redis,
    sql,
    clock: systemClock,
    log,
    secrets: { tickets: env.TICKET_SECRET, encryption: env.KEY_ENCRYPTION_SECRET },
    limits: {
      trustedProxies: env.TRUSTED_PROXIES,
      joinBurst: env.JOIN_BURST_PER_ADDRESS,
      joinsPerSecond: env.JOINS_PER_SECOND_PER_ADDRESS,
      adminCallsPerSecond: env.ADMIN_CALLS_PER_SECOND,
      limitsThisMachine: env.LIMIT_THIS_MACHINE,
    },
    config: {
      publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
      services,
      ...(env.PROTECT_CONFIG ? { protect: readProtectConfig(env.PROTECT_CONFIG, services) } : {}),
      tickMs: env.TICK_MS,
      maxEventStreams: env.MAX_EVENT_STREAMS,
      webhooksToPrivate: env.WEBHOOK_ALLOW_PRIVATE,
      sharing: {
        addressesPerMinute: env.RESERVATION_ADDRESSES_PER_MINUTE,
        requestsPerSecond: env.RESERVATION_REQUESTS_PER_SECOND,
      },
      smtpUtf8: env.SMTP_UTF8,
    },
  });
  if (env.ADMIN_KEY) await ensureFirstKey(sql, env.ADMIN_KEY, systemClock.now());
  await gateway.rooms.refresh();
  await gateway.revokedCodes.refresh(gateway.rooms.all());
  await gateway.themes.refresh();
  await Promise.all(gateway.rooms.all().map((room) => restoreRoom(gateway, room.id)));
  const known = new Set(gateway.rooms.all().map(({ id }) => id));
  for (const room of protectedRooms(gateway.config.protect))
    if (!known.has(room)) log.warn({ room }, 'a protected path names a room that does not exist (yet)');
  const missing = missingGatewayPages();
  if (missing) log.error(`not ready: ${missing}`);
  startBackgroundWork(gateway, lifecycle);

  const protect = createProtect(gateway, lifecycle);
  const streams = createLifecycle(log);
  const hotPath = createHotPathHandlers(gateway, streams);
  const app = createApp(gateway, {
    ...{ lifecycle: streams, isDraining: () => drain.isDraining, protect, hotPath },
    waitingPages: env.WAITING_PAGES,
    inboxUrl: env.INBOX_URL,
  });
  const metricsUrl = await serveMetrics(createMetrics(gateway.rooms, gateway.meters), {
    ...{ host: env.METRICS_HOST, port: metricsPort(env, METRICS_PORT), lifecycle },
  });
  const { port, server } = await listen({
    fetch: app.fetch,
    httpBypass: createHttpBypass(hotPath),
    port: env.PORT,
    host: env.HOST,
    reusePort: env.REUSE_PORT,
    timeouts: timeoutsOf(env),
    drain,
    clients: {
      connectionsPerAddress: env.CONNECTIONS_PER_ADDRESS,
      unfinishedPerAddress: env.UNFINISHED_REQUESTS_PER_ADDRESS,
      peerKey: gateway.limits.peerKey,
      clientKey: gateway.limits.clientKey,
    },
    lifecycle,
  });
  acceptUpgrades(server, protect, lifecycle);
  // Before the port closes, streams are asked to reconnect, each at its own time.
  lifecycle.onClose('streams', () => streams.close());
  log.info({ port, metrics: metricsUrl }, 'the gateway is ready');
  announceReady({ url: `http://${env.HOST}:${port}`, metrics_url: metricsUrl });
}
