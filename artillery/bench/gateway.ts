import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '@shopfast/db/migrate';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { joinMany } from '@shopfast/sandbox/shopper/many';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { startStores } from '@shopfast/sandbox/stores/start';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { makeAdminKey } from '@shopfast/sandbox/system/secrets';
import { z } from 'zod';

export type BenchGateway = Awaited<ReturnType<typeof startGateway>>;

/** One gateway with its Redis and Postgres and nothing else, as in production except for the log level. */
export async function startGateway(lifecycle: Lifecycle, more: Record<string, string> = {}) {
  const stores = await startStores({ parts: ['postgres', 'waitroom'] });
  lifecycle.onClose('stores', () => stores.stop());
  await migrate(stores.urls.databaseUrl);
  const adminKey = makeAdminKey();
  const secret = () => randomBytes(32).toString('hex');
  const managed = await startProcess({
    name: 'gateway',
    entry: join(import.meta.dirname, '../../gateway/src/serve.ts'),
    logFile: '/dev/null',
    env: {
      PORT: '0',
      REDIS_URL: stores.urls.redisUrl,
      DATABASE_URL: stores.urls.databaseUrl,
      TICKET_SECRET: secret(),
      KEY_ENCRYPTION_SECRET: secret(),
      ADMIN_KEY: adminKey,
      LOG_LEVEL: 'info',
      ...more,
    },
  });
  lifecycle.onClose('gateway', () => managed.stop());
  const url = () => managed.address();

  const admin = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url()}/v1/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return z.record(z.string(), z.unknown()).parse(await answer.json());
  };
  return {
    get url() {
      return url();
    },
    redisUrl: stores.urls.redisUrl,
    get pid() {
      return managed.runningPid();
    },
    /** A new process: earlier measurements have changed the memory of the old one. */
    restart: () => managed.restart(),
    admin,
    openRoom: async (id: string, settings: object = {}) => {
      await admin('POST', '/rooms', { id, ...settings });
      await admin('POST', `/rooms/${id}/open`);
    },
    /** Tickets that joined over HTTP. */
    join: (room: string, count: number): Promise<string[]> =>
      joinMany(createShopper({ room, send: overFetch(url()) }), count),
  };
}
