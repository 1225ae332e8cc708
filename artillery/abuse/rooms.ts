import type { JoinRequest, TicketState } from '@shopfast/kit/contracts/api';
import { calls } from '@shopfast/sandbox/shopper/calls';
import type { Answer } from './answer.ts';
import { requestOf, until, type World } from './world.ts';

export type Room = { id: string };
export type Shop = { room: string; product: string };

/** Settings of a room that calls everybody at once. */
export const QUICK = {
  queueing_method: 'passthrough',
  max_active: 100_000,
  claim_seconds: 3_600,
  token_ttl_seconds: 600,
  abandon_after_seconds: 600,
};

/** Creates a room for this run; it is deleted at the end. */
export async function makeRoom(
  world: World,
  name: string,
  settings: object = QUICK,
  opens = true,
): Promise<string> {
  const id = `abuse-${world.run}-${name}`.slice(0, 48);
  await world.operate('POST', '/rooms', { id, name: `Abuse suite: ${name}`, ...settings });
  world.onEnd(() => world.operate('DELETE', `/rooms/${id}?force=true`));
  if (opens) await world.operate('POST', `/rooms/${id}/open`);
  return id;
}

/** A room that calls everybody at once; shared by all cases. */
export const quickRoom = (world: World) => world.once('quick room', () => makeRoom(world, 'quick'));

/** A room in which one person is called, and the others wait. */
export const waitingRoom = (world: World) =>
  world.once('waiting room', async () => {
    const room = await makeRoom(world, 'waiting', {
      admissions_per_minute: 1,
      max_active: 1,
      claim_seconds: 3_600,
      abandon_after_seconds: 3_600,
    });
    const first = await joinRoom(world, room);
    await untilState(world, room, first, 'called');
    return room;
  });

/** A room before its opening. */
export const lobbyRoom = (world: World) =>
  world.once('lobby room', async () => {
    const inTwoDays = new Date(Date.now() + 172_800_000).toISOString();
    const lobby = {
      queueing_method: 'lottery',
      lobby_opens_at: new Date().toISOString(),
      opens_at: inTwoDays,
    };
    const room = await makeRoom(world, 'lobby', lobby, false);
    await until('the lobby opens', async () => {
      const status = await world.ask(calls.roomStatus(room));
      return status.ok && status.document.state === 'lobby' ? true : undefined;
    });
    return room;
  });

export const ticketHeaders = (ticket: string) => ({ authorization: `Bearer ${ticket}` });

/** A join with any body, also a wrong one. */
export function join(world: World, room: string, json: object = {}, from?: string): Promise<Answer> {
  return world.send({
    method: 'POST',
    path: `/v1/rooms/${room}/tickets`,
    json,
    ...(from ? { from } : {}),
  });
}

/** @returns the ticket of a newcomer. @throws NotPrepared */
export async function joinRoom(world: World, room: string, given: JoinRequest = {}): Promise<string> {
  return (await world.succeed(calls.join(room, given))).ticket;
}

export const ticketStatus = (world: World, room: string, ticket: string): Promise<Answer> =>
  world.send(requestOf(calls.status(room, ticket)));

export function untilState(world: World, room: string, ticket: string, state: TicketState): Promise<true> {
  return until(`a ticket of ${room} is ${state}`, async () => {
    const status = await world.ask(calls.status(room, ticket));
    return status.ok && status.document.state === state ? true : undefined;
  });
}

/** Creates a product with units in a room of this run. */
export async function makeProduct(
  world: World,
  room: string | null,
  settings: { stock?: number; per_customer_limit?: number; [setting: string]: unknown } = {},
): Promise<string> {
  const id = `abuse-${world.run}-p${world.next()}`;
  const { stock = 1_000, ...more } = settings;
  await world.operate('POST', '/products', {
    ...{ id, name: 'Goods of the abuse suite', price: 4_900, currency: 'EUR', room, stock },
    ...{ per_customer_limit: 1_000, ...more },
  });
  // Nobody can buy it after the run.
  world.onEnd(() =>
    world.operate('PATCH', `/products/${id}`, { sale_ends_at: new Date(Date.now() - 1_000).toISOString() }),
  );
  if (room) await world.operate('PUT', `/rooms/${room}/remaining`, { remaining: stock, held: 0, sold: 0 });
  await until('the product is in the catalogue', async () => {
    const answer = await world.send({ path: `/v1/products/${id}` });
    return answer.status === 200 ? true : undefined;
  });
  return id;
}

/** A quick room with a product; shared by all cases. */
export const quickShop = (world: World): Promise<Shop> =>
  world.once('quick shop', async () => {
    const room = await quickRoom(world);
    return { room, product: await makeProduct(world, room) };
  });

/** A quick room and a product for one case. */
export async function ownShop(world: World, name: string, settings: object = {}): Promise<Shop> {
  const room = await makeRoom(world, `${name}-${world.next()}`, { ...QUICK, ...settings });
  return { room, product: await makeProduct(world, room) };
}
