import type { Role } from '@shopfast/kit/admin/roles';
import type { DocumentedCall } from './documents.ts';
import { goodReservation, placeOrder } from './reservations.ts';
import { makeRoom, QUICK, quickShop } from './rooms.ts';
import { NotPrepared, type World } from './world.ts';

/** A key with a role, created for this run and revoked at its end. */
export const keyOf = (world: World, role: Role): Promise<string> =>
  world.once(`key of ${role}`, async () => {
    const { id, key } = await world.operate('POST', '/keys', { name: `abuse ${world.run} ${role}`, role });
    world.onEnd(() => world.operate('DELETE', `/keys/${id}`));
    if (typeof key !== 'string') throw new NotPrepared('no key was made');
    return key;
  });

/** A room that operators' cases may change. */
export const operatedRoom = (world: World) =>
  world.once('operated room', () => makeRoom(world, 'operated', QUICK, false));

export const SOME_ID = '018f0000-0000-7000-8000-000000000000';

/** The path of a documented call with a value for each parameter. */
export async function pathOf(
  world: World,
  { path }: Pick<DocumentedCall, 'path'>,
  given: Record<string, string> = {},
) {
  const values: Record<string, () => Promise<string> | string> = {
    room: () => (path.includes('/admin/') ? operatedRoom(world) : quickShop(world).then(({ room }) => room)),
    step: () => 'pause',
    jti: () => SOME_ID,
    name: () => 'abuse-template',
    id: () =>
      path.includes('/products/') ? quickShop(world).then(({ product }) => product) : idOf(world, path),
  };
  let filled = path;
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const value = given[name] ?? (await values[name]?.());
    if (value === undefined) throw new NotPrepared(`nothing is known for {${name}} of ${path}`);
    filled = filled.replace(`{${name}}`, value);
  }
  return filled;
}

const idOf = async (world: World, path: string) => {
  if (path.includes('/dead-letters/')) return '1';
  if (/^\/v1\/orders\//.test(path)) return (await someOrder(world)).id;
  return SOME_ID;
};

export const someOrder = (world: World) => world.once('some order', () => placeOrder(world));
export const someReservation = goodReservation;
