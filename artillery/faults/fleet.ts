import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@shopfast/db/migrate';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { type Stores, startStores } from '@shopfast/sandbox/stores/start';
import { type ManagedProcess, startProcess } from '@shopfast/sandbox/system/processes';
import { makeAdminKey } from '@shopfast/sandbox/system/secrets';

export type Gateway = { url: string; process: ManagedProcess };
export type Fleet = {
  stores: Stores<'postgres' | 'waitroom'>;
  gateways: Gateway[];
  admin(method: string, path: string, body?: object): Promise<void>;
};

/** Several gateways on one Postgres and one Redis with an append-only file: a waiting room as in production. */
export async function startFleet(size: number, lifecycle: Lifecycle): Promise<Fleet> {
  const stores = await startStores({ parts: ['postgres', 'waitroom'], appendOnly: true });
  lifecycle.onClose('stores', () => stores.stop());
  await migrate(stores.urls.databaseUrl);
  const logs = await mkdtemp(join(tmpdir(), 'shopfast-faults-'));
  lifecycle.onClose('logs', () => rm(logs, { recursive: true, force: true }));

  const adminKey = makeAdminKey();
  const secret = () => randomBytes(32).toString('hex');
  const env = {
    PORT: '0',
    REDIS_URL: stores.urls.redisUrl,
    DATABASE_URL: stores.urls.databaseUrl,
    TICKET_SECRET: secret(),
    KEY_ENCRYPTION_SECRET: secret(),
    ADMIN_KEY: adminKey,
    LOG_LEVEL: 'warn',
  };
  const gateways: Gateway[] = [];
  for (let at = 0; at < size; at += 1) {
    const name = `gateway-${at + 1}`;
    const entry = join(import.meta.dirname, '../../gateway/src/serve.ts');
    const managed = await startProcess({ name, entry, env, logFile: join(logs, `${name}.log`) });
    lifecycle.onClose(name, () => managed.stop());
    gateways.push({
      get url() {
        return managed.address();
      },
      process: managed,
    });
  }
  return {
    stores,
    gateways,
    admin: async (method, path, body) => {
      const answer = await fetch(`${gateways[0]?.url}/v1/admin${path}`, {
        method,
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    },
  };
}
