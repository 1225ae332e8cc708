import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { shopRules } from '@shopfast/sandbox/system/shop-rules';
import { FREE_PORTS, startSystem } from '@shopfast/sandbox/system/system';
import { startEchoUpstream } from './echo-upstream.ts';
import type { Target } from './world.ts';

/** The room of the started system's protected paths. */
export const GATE_ROOM = 'abuse-gate';

/**
 * Starts the whole product as `npm start` does, on free ports, with a foreign upstream behind protected and open paths,
 * and secrets that the suite knows. It ends with `lifecycle`.
 */
export async function startLab(lifecycle: Lifecycle, say: (line: string) => void): Promise<Target> {
  const upstream = await startEchoUpstream();
  lifecycle.onClose('echo upstream', () => upstream.close());
  const secrets = { ticket: random(), keyEncryption: random(), webhook: `whsec_${random()}` };
  const rules = await writeRules(upstream.url, lifecycle);
  const system = await startSystem({
    ports: FREE_PORTS,
    logLevel: 'warn',
    // The suite sends X-Forwarded-For from this machine's first loopback address only; its other addresses count as themselves.
    given: { trustedProxies: '127.0.0.1' },
    env: {
      gateway: {
        PROTECT_CONFIG: rules,
        TICKET_SECRET: secrets.ticket,
        KEY_ENCRYPTION_SECRET: secrets.keyEncryption,
      },
      checkout: { STRIPE_WEBHOOK_SECRET: secrets.webhook },
      stripe: { WEBHOOK_SECRET: secrets.webhook },
    },
    onProgress: say,
    onDeath: (name, detail) => say(`${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  return {
    origin: new URL(system.urls.gateway),
    shop: new URL(system.urls.gateway).origin,
    adminKey: system.adminKey,
    webhookSecret: secrets.webhook,
    inbox: new URL(system.urls.inbox),
    gate: { path: '/gated', room: GATE_ROOM },
    own: {
      upstream,
      ticketSecret: secrets.ticket,
      keyEncryptionSecret: secrets.keyEncryption,
      databaseUrl: system.databaseUrl,
      signalRedis: (signal) => {
        const pid = system.stores.pids.waitroom;
        if (pid !== undefined) process.kill(pid, signal);
      },
    },
  };
}

const random = () => randomBytes(32).toString('hex');

/** The shop's rules, and a foreign upstream in every position of a rule. */
async function writeRules(upstream: string, lifecycle: Lifecycle): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-abuse-'));
  lifecycle.onClose('rules', () => rm(folder, { recursive: true, force: true }));
  const { rules } = shopRules(GATE_ROOM);
  const file = join(folder, 'protect.json');
  const config = {
    upstreams: { echo: upstream },
    rules: [
      { path: '/gated/*', upstream: 'echo', room: GATE_ROOM },
      { path: '/open/*', upstream: 'echo', open: true },
      { path: '/api/cart/*', methods: ['POST', 'PUT', 'DELETE'], upstream: 'echo', room: GATE_ROOM },
      { path: '/api/cart/*', methods: ['GET'], upstream: 'echo', open: true },
      // A protected part of an open shop.
      { path: '/mall/shop/*', upstream: 'echo', room: GATE_ROOM },
      { path: '/mall/*', upstream: 'echo', open: true },
      ...rules,
    ],
  };
  await writeFile(file, JSON.stringify(config, null, 2));
  return file;
}
