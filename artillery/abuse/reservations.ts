import { randomUUID } from 'node:crypto';
import type { JoinRequest, OrderDocument, OrderRequest } from '@shopfast/kit/contracts/api';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { calls, oneOf, reservationHeaders } from '@shopfast/sandbox/shopper/calls';
import { codeOf } from './answer.ts';
import type { Request } from './http-client.ts';
import { GATE_ROOM } from './lab.ts';
import { joinRoom, QUICK, quickShop } from './rooms.ts';
import { NotPrepared, until, type World } from './world.ts';

export type Reservation = { token: string; binding: string; ticket: string; room: string };

/** Joins a room, waits for the call and claims. @throws NotPrepared */
export async function reserve(world: World, room: string, given: JoinRequest = {}): Promise<Reservation> {
  const ticket = await joinRoom(world, room, given);
  return claim(world, room, ticket);
}

export async function claim(world: World, room: string, ticket: string): Promise<Reservation> {
  return until(`a claim in ${room}`, async () => {
    const answer = await world.ask(calls.claim(room, ticket));
    if (answer.ok) {
      const { reservation_token: token, binding = '' } = answer.document;
      return { token, binding, ticket, room };
    }
    if (answer.code !== 'not_called' && answer.status !== 503)
      throw new NotPrepared(`claim: ${describe(answer)}`);
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

export const credentialHeaders = ({ headers, ...reservation }: Credential) => ({
  ...reservationHeaders(reservation),
  ...headers,
});

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
  ...oneOf(product, `abuse-${randomUUID()}@example.com`),
  ...more,
});

export type Order = { id: string; token: string; reservation: Reservation; email: string };

/** An order as its buyer sees it; undefined if that is refused. */
export async function shown(world: World, { id, token }: PaidFor): Promise<OrderDocument | undefined> {
  const answer = await world.ask(calls.orderStatus(id, token));
  return answer.ok ? answer.document : undefined;
}
type PaidFor = Pick<Order, 'id' | 'token'>;

export const untilPaid = (world: World, order: PaidFor): Promise<true> =>
  until('the order is paid', async () => ((await shown(world, order))?.state === 'paid' ? true : undefined));

/** Buys one unit in a quick shop. @throws NotPrepared */
export async function placeOrder(world: World, more: Partial<OrderRequest> = {}): Promise<Order> {
  const { room, product } = await quickShop(world);
  const reservation = await reserve(world, room);
  const order = { ...oneOf(product, `abuse-${randomUUID()}@example.com`), ...more };
  const placed = await world.succeed(calls.order(reservation, order));
  return { id: placed.order.id, token: placed.order_token, reservation, email: order.email };
}
