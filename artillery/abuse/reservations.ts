import { randomUUID } from 'node:crypto';
import { type Answer, codeOf, jsonOf } from './answer.ts';
import type { Request } from './http-client.ts';
import { GATE_ROOM } from './lab.ts';
import { joinRoom, QUICK, quickShop, ticketHeaders } from './rooms.ts';
import { NotPrepared, until, type World } from './world.ts';

export type Reservation = { token: string; binding: string; ticket: string; room: string };

/** Joins a room, waits for the call and claims. @throws NotPrepared */
export async function reserve(world: World, room: string, json: object = {}): Promise<Reservation> {
  const ticket = await joinRoom(world, room, json);
  return claim(world, room, ticket);
}

export async function claim(world: World, room: string, ticket: string): Promise<Reservation> {
  const path = `/v1/rooms/${room}/tickets/me/claim`;
  return until(`a claim in ${room}`, async () => {
    const answer = await world.send({ method: 'POST', path, headers: ticketHeaders(ticket) });
    if (answer.status === 200) {
      const { reservation_token: token, binding } = jsonOf(answer) as Record<string, string>;
      return { token: token as string, binding: binding as string, ticket, room };
    }
    if (codeOf(answer) !== 'not_called' && answer.status !== 503)
      throw new NotPrepared(`claim: ${answer.status} ${answer.text}`);
    return undefined;
  });
}

/** An unspent reservation for the quick shop. Cases may send it, but not spend it. */
export const goodReservation = (world: World): Promise<Reservation> =>
  world.once('good reservation', async () => reserve(world, (await quickShop(world)).room));

/** The room of the protected path; created if the suite started the system. */
const gateRoom = (world: World): Promise<string> =>
  world.once('gate room', async () => {
    const { room } = world.gate;
    if (world.target.own && room === GATE_ROOM) {
      const headers = { authorization: `Bearer ${world.adminKey}` };
      const json = { id: room, name: 'Abuse suite: gate', ...QUICK };
      const made = await world.send({ method: 'POST', path: '/v1/admin/rooms', headers, json });
      // Several worlds may share a system.
      if (codeOf(made) !== 'room_exists') await world.operate('POST', `/rooms/${room}/open`);
    }
    return room;
  });

/** A new reservation for the protected path. */
export const gateReservation = async (world: World): Promise<Reservation> =>
  reserve(world, await gateRoom(world));

/** One that cases may send but not spend. */
export const goodGateReservation = (world: World): Promise<Reservation> =>
  world.once('good gate reservation', () => gateReservation(world));

export type Credential = {
  /** Sent as `Authorization: Bearer …`. */
  token?: string | undefined;
  binding?: string | undefined;
  headers?: Record<string, string | string[]>;
};

export function credentialHeaders({ token, binding, headers }: Credential) {
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(binding === undefined ? {} : { 'x-binding': binding }),
    ...headers,
  };
}

/** A request for the protected path. */
export function gateRequest(world: World, credential: Credential, suffix = '/page'): Request {
  const { path } = world.gate;
  return { path: path + suffix, headers: { accept: 'application/json', ...credentialHeaders(credential) } };
}

export type OrderForm = { product: string; body?: unknown; key?: string; headers?: Record<string, string> };

/** A valid order request, except for the case's changes. */
export function orderRequest(credential: Credential, { product, body, key, headers }: OrderForm): Request {
  return {
    method: 'POST',
    path: '/v1/orders',
    headers: {
      ...credentialHeaders(credential),
      'idempotency-key': key ?? randomUUID(),
      ...headers,
    },
    json: body ?? orderBody(product),
  };
}

export const orderBody = (product: string, more: object = {}) => ({
  product_id: product,
  quantity: 1,
  email: `abuse-${randomUUID()}@example.com`,
  payment_method: 'pm_card_visa',
  ...more,
});

export type Order = { id: string; token: string; reservation: Reservation; email: string; answer: Answer };

/** Buys one unit in a quick shop. @throws NotPrepared */
export async function placeOrder(world: World, more: object = {}): Promise<Order> {
  const { room, product } = await quickShop(world);
  const reservation = await reserve(world, room);
  const body = orderBody(product, more);
  const answer = await world.prepare(orderRequest(reservation, { product, body }));
  const { order, order_token: token } = jsonOf(answer) as { order: { id: string }; order_token: string };
  return { id: order.id, token, reservation, email: body.email, answer };
}
