import { setTimeout as wait } from 'node:timers/promises';
import { connectDb } from '@shopfast/db/client';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import type { Books } from '@shopfast/sandbox/checker/facts';
import { openSale } from '@shopfast/sandbox/system/sale';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import type { Market } from './buyer.ts';

/** The whole product, and access to its records. */
export type Shop = { system: System; books(room: string, since: Date): Books; close(): Promise<void> };

/**
 * Only settings make it faster than production: an unpaid order ends after seconds instead of minutes, and sweeps run
 * more often. The code is the same.
 */
export const HOLD_SECONDS = 8;
export const QUICKER = {
  checkout: { HOLD_SECONDS: String(HOLD_SECONDS) },
  workers: { JOB_LOCK_SECONDS: '3', SWEEP_SECONDS: '6' },
};

/**
 * Starts the product as in production: a process for each service, Postgres durable, Redis with an append-only file. It
 * ends with `outer` or earlier.
 */
export async function startShop(outer: Lifecycle, say: (line: string) => void): Promise<Shop> {
  const lifecycle = createLifecycle();
  outer.onClose('shop', () => lifecycle.close());
  const system = await startSystem({
    ports: FREE_PORTS,
    appendOnly: true,
    logLevel: 'warn',
    env: QUICKER,
    onProgress: say,
    onDeath: (name, detail) => say(`${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  const { sql } = connectDb(system.databaseUrl, {
    name: 'lab',
    max: 2,
    lifecycle,
    log: createLog('lab', 'error'),
  });
  const { inbox: inboxUrl, stripe: stripeUrl } = system.urls;
  return {
    system,
    books: (room, since) => ({ sql, inboxUrl, stripeUrl, room, since }),
    close: () => lifecycle.close(),
  };
}

/** Creates a room that admits everybody at once, and a product for it. */
export async function openQuickSale(system: System, room: string, units: number): Promise<string> {
  const productId = `${room}-sneaker`;
  await openSale(system, {
    ...{ room, name: 'A sale under test', productId, units },
    settings: {
      queueing_method: 'passthrough',
      max_active: 100_000,
      claim_seconds: 60,
      token_ttl_seconds: 600,
      abandon_after_seconds: 600,
    },
  });
  return productId;
}

/** A room that keeps ticking would slow every later run. */
export async function closeForGood({ urls, adminKey }: System, room: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminKey}` };
  const answer = await fetch(`${urls.gateway}/v1/admin/rooms/${room}?force=true`, {
    method: 'DELETE',
    headers,
  });
  if (!answer.ok)
    throw new Error(`room ${room} could not be deleted: ${answer.status} ${await answer.text()}`);
}

/** The checkout knows a new product after a second. */
export async function untilOnSale({ gatewayUrl, productId, signal }: Market): Promise<void> {
  while (!(await fetch(`${gatewayUrl}/v1/products/${productId}`, { signal })).ok) await wait(50);
}
