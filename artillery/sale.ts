import { setTimeout as wait } from 'node:timers/promises';
import { readRoom, TargetError } from './room.ts';
import type { SalePlan } from './scenarios.ts';

/** A sale that was created for one run. */
export type OwnSale = {
  room: string;
  product: string;
  /** Opens the room. */
  open(): Promise<void>;
  /** Afterwards nobody can join or be admitted. */
  close(): Promise<void>;
};

type Place = { target: string; adminKey: string };
type Wanted = {
  /** The id of room and product. */
  id: string;
  plan: SalePlan;
  /** People can join the lobby before the opening. */
  gathers: boolean;
};

/**
 * Creates a product and its room with an operator's calls; the room is not open yet.
 * @throws TargetError
 */
export async function makeSale(place: Place, { id, plan, gathers }: Wanted): Promise<OwnSale> {
  const rooms = '/v1/admin/rooms';
  const { units, rate, settings } = plan;
  await call(place, 'POST', rooms, {
    ...{ id, name: 'Load test', admissions_per_minute: rate, ...settings },
    ...(gathers ? { lobby_opens_at: new Date().toISOString() } : {}),
  });
  const product = { name: 'Sneaker of a load test', price: 4_900, currency: 'EUR', per_customer_limit: 2 };
  await call(place, 'POST', '/v1/admin/products', { id, ...product, room: id, stock: units });
  await call(place, 'PUT', `${rooms}/${id}/remaining`, { remaining: units, held: 0, sold: 0 });
  if (gathers) await until('the lobby', async () => (await readRoom(place.target, id)).state === 'lobby');
  await until('the product', async () => {
    const answer = await fetch(`${place.target}/v1/products/${id}`);
    await answer.body?.cancel();
    return answer.ok;
  });
  return {
    room: id,
    product: id,
    open: async () => {
      await call(place, 'POST', `${rooms}/${id}/open`);
      await until('the room that knows its stock', async () => {
        const { state, remaining } = await readRoom(place.target, id);
        return state !== 'scheduled' && state !== 'lobby' && remaining !== null;
      });
    },
    close: () => call(place, 'POST', `${rooms}/${id}/close`),
  };
}

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** An operator's change is effective everywhere within about a second. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; !(await holds()); await wait(LOOK_EVERY_MS))
    if (Date.now() > giveUpAt) throw new TargetError(`Timed out waiting for ${what}.`);
}

/** How long expected shoppers may be late. */
const LATE_SECONDS = 60;

/**
 * Opens the room when all shoppers are in the lobby, or when the missing ones should have come.
 * @returns when it is open, or the run was aborted
 */
export async function openWhenAllAreThere(
  { target, sale }: { target: string; sale: OwnSale },
  crowd: { shoppers: number; seconds: number },
  signal: AbortSignal,
): Promise<void> {
  const latest = Date.now() + (crowd.seconds + LATE_SECONDS) * 1_000;
  while (!signal.aborted && Date.now() < latest) {
    const { waiting } = await readRoom(target, sale.room);
    if (waiting >= crowd.shoppers) break;
    await wait(LOOK_EVERY_MS);
  }
  if (!signal.aborted) await sale.open();
}

async function call({ target, adminKey }: Place, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(target + path, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch((error: Error) => {
    throw new TargetError(`Nothing answers at ${target} (${error.message}).`);
  });
  if (!answer.ok) throw new TargetError(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  await answer.body?.cancel();
}
