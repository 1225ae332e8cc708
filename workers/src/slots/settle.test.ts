import { jtiOf } from '@shopfast/sandbox/checker/buyers';
import { joinMany } from '@shopfast/sandbox/shopper/many';
import { insist } from '@shopfast/sandbox/shopper/pause';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { gatewayAdmin } from './gateway.ts';
import { settleSlot } from './settle.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 20 });
});
afterAll(() => shop?.close());

type RoomStatus = { active: number; remaining: number | null };

async function roomStatus(): Promise<RoomStatus> {
  const answer = await fetch(`${shop.gateway.url}/v1/admin/rooms/${shop.room}/stats`, {
    headers: { Authorization: `Bearer ${shop.gateway.adminKey}` },
  });
  return (await answer.json()) as RoomStatus;
}

/** A shopper joins, waits for the call and claims. @returns the id of the reservation token */
async function admittedShopper(): Promise<string> {
  const shopper = createShopper({ room: shop.room, send: overFetch(shop.gateway.url) });
  const [ticket = ''] = await joinMany(shopper, 1);
  const soon = { signal: AbortSignal.timeout(SOON.timeout), everyMs: () => SOON.interval };
  const claimed = await insist(() => shopper.claim(ticket), soon);
  return jtiOf(claimed?.reservation_token ?? '');
}

test('an order tells the gateway what remains, and frees the slot of its token', async () => {
  const jti = await admittedShopper();
  expect((await roomStatus()).active).toBe(1);
  const workers = shop.startWorkers();
  await shop.placeOrder({ jti });
  await vi.waitFor(async () => {
    expect(await roomStatus()).toMatchObject({ active: 0, remaining: 19 });
  }, SOON);
  await workers.stop();
});

test('a late signal never replaces a newer one, and is no failure', async () => {
  const gateway = gatewayAdmin(shop.gateway.url, shop.gateway.adminKey);
  const signal = { remaining: 7, held: 0, sold: 13, version: 1_000 };
  expect(await gateway.putRemaining(shop.room, signal)).toBe('taken');
  expect(await gateway.putRemaining(shop.room, { ...signal, remaining: 9, version: 999 })).toBe('stale');
  await settleSlot({ room: shop.room }, { sql: shop.sql, gateway });
  await vi.waitFor(async () => expect((await roomStatus()).remaining).toBe(7), SOON);
});

test('a sale without a room at the gateway is no failure', async () => {
  const gateway = gatewayAdmin(shop.gateway.url, shop.gateway.adminKey);
  await settleSlot({ room: 'no-such-room', jti: 'some-token' }, { sql: shop.sql, gateway });
});

test('a gateway that is unavailable or refuses the key is a failure, so that the job is tried again', async () => {
  const away = gatewayAdmin('http://127.0.0.1:9', shop.gateway.adminKey);
  await expect(settleSlot({ room: shop.room }, { sql: shop.sql, gateway: away })).rejects.toThrow();
  const stranger = gatewayAdmin(shop.gateway.url, `adm_${'x'.repeat(40)}`);
  await expect(settleSlot({ room: shop.room }, { sql: shop.sql, gateway: stranger })).rejects.toThrow(/401/);
});
