import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDb } from '@shopfast/db/client';
import { seed } from '@shopfast/db/seed';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createShopper } from '../shopper/shopper.ts';
import { overFetch } from '../shopper/transport.ts';
import type { System } from './system.ts';

export type Sale = {
  room: string;
  name: string;
  productId: string;
  units: number;
  /** Room settings besides the name; see the API's `POST /v1/admin/rooms`. */
  settings: Record<string, unknown>;
};

/** The part of a system that a sale needs; a test may get it from another process. */
export type SaleSystem = Pick<System, 'urls' | 'databaseUrl' | 'adminKey'> & {
  gateways: { readonly length: number };
};

/** Puts a product on sale behind a new, open room, with an operator's calls. */
export async function openSale(system: SaleSystem, sale: Sale): Promise<void> {
  const room = await prepareSale(system, sale);
  await room.open();
}

/** The same with an open lobby. @returns when people can join, with a function that opens the room */
export async function openLobby(system: SaleSystem, sale: Sale): Promise<{ open(): Promise<void> }> {
  const settings = { ...sale.settings, lobby_opens_at: new Date().toISOString() };
  const room = await prepareSale(system, { ...sale, settings });
  const { roomStatus } = createShopper({ room: sale.room, send: overFetch(system.urls.gateway) });
  for (let state = ''; state !== 'lobby'; await wait(50)) {
    const status = await roomStatus();
    if (status.ok) state = status.document.state;
  }
  return room;
}

async function prepareSale(system: SaleSystem, sale: Sale): Promise<{ open(): Promise<void> }> {
  await seedProduct(system.databaseUrl, sale);
  const rooms = `${system.urls.gateway}/v1/admin/rooms`;
  await call(system, 'POST', rooms, { id: sale.room, name: sale.name, ...sale.settings });
  await untilAllKnow(system, sale.room);
  await call(system, 'PUT', `${rooms}/${sale.room}/remaining`, { remaining: sale.units, held: 0, sold: 0 });
  return { open: () => call(system, 'POST', `${rooms}/${sale.room}/open`) };
}

/** Several gateways share a port. All know a new room within a second. */
async function untilAllKnow({ urls, gateways }: SaleSystem, room: string): Promise<void> {
  if (gateways.length === 1) return;
  const address = `${urls.gateway}/v1/rooms/${room}/status`;
  for (let inARow = 0; inARow < 8 * gateways.length; await wait(20)) {
    // A new connection each time: the kernel gives it to any of the gateways.
    const [answer] = (await once(get(address, { agent: false }), 'response')) as [IncomingMessage];
    answer.resume();
    inARow = answer.statusCode === 404 ? 0 : inARow + 1;
  }
}

async function seedProduct(databaseUrl: string, { room, productId, name, units }: Sale): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    const log = createLog('seed', 'warn');
    const { sql } = connectDb(databaseUrl, { name: 'seed', max: 1, lifecycle, log });
    await seed(sql, { room, productId, name, price: 4_900, currency: 'EUR', units, perCustomerLimit: 2 });
  } finally {
    await lifecycle.close();
  }
}

async function call(system: SaleSystem, method: string, url: string, body?: object): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok)
    throw new Error(`${method} ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`);
}
