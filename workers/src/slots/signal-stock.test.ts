import { randomUUID } from 'node:crypto';
import { seed } from '@shopfast/db/seed';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { gatewayAdmin } from './gateway.ts';
import { settleSlot, signalStock } from './settle.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 20 });
});
afterAll(() => shop?.close());

async function admin(method: string, path: string, body?: object) {
  const answer = await fetch(`${shop.gateway.url}/v1/admin/rooms${path}`, {
    method,
    headers: { Authorization: `Bearer ${shop.gateway.adminKey}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as { remaining: number | null };
}
const addProduct = (room: string, units: number) =>
  seed(shop.sql, {
    ...{
      room,
      productId: `of-${room}`,
      name: 'Cap',
      price: 500,
      currency: 'EUR',
      units,
      perCustomerLimit: 1,
    },
  });
const remainingIn = async (room: string) => (await admin('GET', `/${room}/stats`)).remaining;

test('an old stock figure in a restored Redis is corrected without an order', async () => {
  const redis = new Redis(servers().redisUrl);
  await redis.hset(`wr:{${shop.room}}:room`, { remaining: 7, held: 0, sold: 13, stock_version: 0 });
  await redis.quit();
  await vi.waitFor(async () => expect(await remainingIn(shop.room)).toBe(7), SOON);
  const workers = shop.startWorkers();
  await vi.waitFor(async () => expect(await remainingIn(shop.room)).toBe(20), SOON);
  await workers.stop();
});

test('a room that was made after its product gets its stock', async () => {
  const room = `late-${randomUUID().slice(0, 8)}`;
  const gateway = gatewayAdmin(shop.gateway.url, shop.gateway.adminKey);
  await addProduct(room, 9);
  await settleSlot({ room }, { sql: shop.sql, gateway });
  await admin('POST', '', { id: room });
  await admin('POST', `/${room}/open`);
  const workers = shop.startWorkers();
  await vi.waitFor(async () => expect(await remainingIn(room)).toBe(9), SOON);
  await workers.stop();
});

test('each room gets its own figures, and a refusal for one does not stop the others', async () => {
  const rooms = [1, 2, 3].map(() => `some-${randomUUID().slice(0, 8)}`);
  for (const [at, room] of rooms.entries()) await addProduct(room, at + 1);
  const told = new Map<string, number>();
  const gateway = {
    ...gatewayAdmin(shop.gateway.url, shop.gateway.adminKey),
    putRemaining: async (room: string, { remaining }: { remaining: number }) => {
      if (room === rooms[0]) throw new Error('refused');
      told.set(room, remaining);
      return 'taken' as const;
    },
  };
  await expect(signalStock({ sql: shop.sql, gateway })).rejects.toThrow('refused');
  expect(rooms.map((room) => told.get(room))).toEqual([undefined, 2, 3]);
});
