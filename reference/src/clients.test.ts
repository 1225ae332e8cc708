import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callsOf } from '@shopfast/kit/api-document/document';
import { openSale } from '@shopfast/sandbox/system/sale';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Clients, generateClients } from './client.fixture.ts';
import { currentDocument } from './write.ts';

/** What a program of a customer would write, with the types of both clients. */
const USAGE = `
import type { paths } from './types.ts';
import { getOrder, joinRoom, listRooms, placeOrder, updateRoom } from './sdk/index.ts';

type OrderBody = NonNullable<paths['/v1/orders']['post']['requestBody']>['content']['application/json'];
type Order = paths['/v1/orders/{id}']['get']['responses'][200]['content']['application/json'];
export const body: OrderBody = { product_id: 'x', quantity: 1, email: 'a@b.example', payment_method: 'pm_card_visa' };
export const totalOf = (order: Order): number => order.total;

export async function buy(room: string): Promise<string | undefined> {
  const joined = await joinRoom({ path: { room }, body: {} });
  const placed = await placeOrder({ body, auth: joined.data?.ticket ?? '', headers: { 'Idempotency-Key': 'k' } });
  const order = await getOrder({ path: { id: placed.data?.order.id ?? '' } });
  await updateRoom({ path: { room }, headers: { 'If-Match': '"1"' }, body: { max_active: 5 } });
  const rooms = await listRooms();
  return order.data?.state ?? rooms.data?.rooms[0]?.state;
}
`;
const MISUSE = `
import { placeOrder } from './sdk/index.ts';
export const wrong = placeOrder({ body: { product_id: 7 } });
`;

let clients: Clients;
let system: System;
beforeAll(async () => {
  clients = await generateClients({ 'usage.ts': USAGE });
  system = await startSystem({ ports: FREE_PORTS, logLevel: 'warn' });
}, 180_000);
afterAll(async () => {
  await clients?.remove();
  await system?.stop();
}, 60_000);

test('both generated clients, and a program that uses them, have correct types', {
  timeout: 60_000,
}, async () => {
  expect(await clients.typeErrors()).toBe('');
});

test('the types refuse a wrong body', { timeout: 120_000 }, async () => {
  const misused = await generateClients({ 'misuse.ts': MISUSE });
  try {
    expect(await misused.typeErrors()).toContain('misuse.ts');
  } finally {
    await misused.remove();
  }
});

test('the client has one function for each call, under the name that the call has in the document', async () => {
  const code = await readFile(join(clients.folder, 'sdk/sdk.gen.ts'), 'utf8');
  const functions = [...code.matchAll(/^export const (\w+) = /gm)].map(([, name]) => name);
  const named = callsOf(await currentDocument()).map(({ operation }) => operation.operationId);
  expect(functions.sort()).toEqual(named.sort());
});

/** The part of the generated functions that the purchase below uses. */
type Sdk = Record<
  'joinRoom' | 'getTicketStatus' | 'claimReservation' | 'placeOrder' | 'getOrder',
  // biome-ignore lint/suspicious/noExplicitAny: generated while the test runs; its types are checked above
  (options: object) => Promise<{ data?: any; error?: unknown; response: Response }>
>;

test('the client joins, claims, buys, and sees the order become paid in the running system', {
  timeout: 60_000,
}, async () => {
  const settings = { admissions_per_minute: 600, poll_min_ms: 500 };
  const sale = { room: 'generated', name: 'Generated', productId: 'client-sneaker', units: 3, settings };
  await openSale(system, sale);
  const sdk: Sdk = await import(join(clients.folder, 'sdk/index.ts'));
  const path = { room: sale.room };
  const common = { baseUrl: system.urls.gateway, throwOnError: true };

  const { data: joined } = await sdk.joinRoom({ ...common, path, body: { locale: 'en' } });
  const holder = { ...common, path, auth: joined.ticket };
  await vi.waitFor(async () => expect((await sdk.getTicketStatus(holder)).data.state).toBe('called'), {
    timeout: 20_000,
    interval: 200,
  });
  const { data: claim } = await sdk.claimReservation(holder);
  const { data: placed, response } = await sdk.placeOrder({
    ...common,
    auth: claim.reservation_token,
    headers: { 'X-Binding': claim.binding, 'Idempotency-Key': 'of-this-purchase' },
    body: {
      ...{ product_id: sale.productId, quantity: 1, email: 'ann@example.com' },
      payment_method: 'pm_card_visa',
    },
  });
  expect(response.status).toBe(202);
  const order = { ...common, path: { id: placed.order.id }, auth: placed.order_token };
  await vi.waitFor(async () => expect((await sdk.getOrder(order)).data.state).toBe('paid'), {
    ...{ timeout: 20_000, interval: 200 },
  });
});
