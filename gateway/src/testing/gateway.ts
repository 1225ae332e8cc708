import { randomBytes, randomUUID } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { createTestDatabase } from '@shopfast/db/testing';
import { trustedProxies } from '@shopfast/kit/client-address';
import { systemClock } from '@shopfast/kit/clock';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { connectRedis, type RedisClient } from '@shopfast/kit/redis';
import type { RedisSettings } from '@shopfast/kit/redis/settings';
import { Cluster } from 'ioredis';
import { ensureFirstKey } from '../admin/first-key.ts';
import { createApp, describeCalls, routesOf } from '../app.ts';
import { createGateway, startBackgroundWork } from '../gateway.ts';
import type { LimitSettings } from '../limits/limits.ts';
import { runWipe } from '../lua/wipe.ts';

const LIMITS: LimitSettings = {
  trustedProxies: trustedProxies(''),
  joinBurst: 1_000,
  joinsPerSecond: 20,
  adminCallsPerSecond: 500,
};

export type TestGateway = Awaited<ReturnType<typeof openTestGateway>>;

/**
 * A complete gateway with its own database and a real Redis, used through `app.request()`; its ticker runs.
 * @param options limits; the URL of a migrated database to use instead (gateways that share one also share the
 *    `secret`); the interval of its ticker; and `rounds`, whether it looks once a second for due webhooks and reminders,
 *    or the test runs these rounds itself
 */
export async function openTestGateway(
  urls: { databaseUrl: string; redisUrl: string | RedisSettings },
  {
    readyDatabase,
    tickMs = 20,
    rounds = true,
    maxEventStreams = 1_000,
    secret = randomBytes(32).toString('hex'),
    ...limits
  }: Partial<LimitSettings> & {
    readyDatabase?: string;
    secret?: string;
    tickMs?: number;
    rounds?: boolean;
    maxEventStreams?: number;
  } = {},
) {
  const log = createLog('gateway-test', 'silent');
  const lifecycle = createLifecycle(log);
  const database = readyDatabase ? null : await createTestDatabase(urls.databaseUrl);
  if (database) lifecycle.onClose('database', database.drop);
  const { sql } = connectDb(readyDatabase ?? (database?.url as string), {
    name: 'gateway-test',
    max: 2,
    lifecycle,
    log,
  });
  const redis = connectRedis(urls.redisUrl, 'requests', { log, lifecycle });
  const gateway = await createGateway({
    redis,
    sql,
    clock: systemClock,
    log,
    secrets: { tickets: [secret], encryption: secret },
    limits: { ...LIMITS, ...limits },
    config: {
      publicUrl: 'http://localhost:3000',
      services: { checkout: 'http://127.0.0.1:9', workers: 'http://127.0.0.1:9' },
      tickMs,
      maxEventStreams,
      webhooksToPrivate: true,
      sharing: { addressesPerMinute: 10, requestsPerSecond: 50 },
    },
  });
  const ownerKey = `adm_${randomBytes(32).toString('base64url')}`;
  await ensureFirstKey(sql, ownerKey, systemClock.now());
  startBackgroundWork(gateway, lifecycle, { rounds });
  const app = createApp(gateway, { lifecycle });

  const send = async (
    method: string,
    path: string,
    options: { bearer?: string; body?: unknown; headers?: object; from?: string } = {},
  ) => {
    const headers: Record<string, string> = { ...(options.headers as Record<string, string>) };
    if (options.bearer) headers.authorization = `Bearer ${options.bearer}`;
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const answer = await app.request(
      path,
      { method, headers, ...(body === undefined ? {} : { body }) },
      options.from === undefined ? undefined : cameFrom(options.from, headers, body),
    );
    const text = await answer.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every shape
    const document = (text.startsWith('{') ? JSON.parse(text) : {}) as any;
    return { status: answer.status, headers: answer.headers, body: document, text };
  };

  return {
    gateway,
    app,
    /** The gateway's own calls. `/openapi.json` also has those of the other services. */
    ownCalls: () => describeCalls(gateway, { lifecycle }),
    routes: () => routesOf(gateway, { lifecycle }),
    ownerKey,
    send,
    admin: (method: string, path: string, body?: unknown, headers?: object) =>
      send(method, `/v1/admin${path}`, { bearer: ownerKey, body, ...(headers ? { headers } : {}) }),
    /** A new room, open by default. */
    openRoom: async (settings: object = {}) => {
      const id = `r-${randomUUID().slice(0, 13)}`;
      const auth = { bearer: ownerKey };
      await send('POST', '/v1/admin/rooms', { ...auth, body: { id, ...settings } });
      await send('POST', `/v1/admin/rooms/${id}/open`, auth);
      return id;
    },
    close: async () => {
      for (const { id: room } of gateway.rooms.all())
        await runWipe(gateway.redis, { room, lastEpoch: Number.MAX_SAFE_INTEGER }, systemClock.now());
      await lifecycle.close();
    },
  };
}

/** In a Cluster each primary knows only its own keys. */
export async function keysOf(redis: RedisClient, pattern: string): Promise<string[]> {
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis];
  return (await Promise.all(servers.map((server) => server.keys(pattern)))).flat();
}

/** The part of a socket that a handler uses. */
function cameFrom(remoteAddress: string, given: Record<string, string>, body: string | undefined) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = value;
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  return { incoming: { socket: { remoteAddress }, headers } };
}
