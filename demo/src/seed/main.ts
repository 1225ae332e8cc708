import { resolve } from 'node:path';
import { helpOf, OptionsError, readCommandLine } from '@shopfast/bootstrap/command-line';
import { seed } from '@shopfast/bootstrap/commands/seed';
import { connectDb } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { stackOf } from '@shopfast/kit/thrown';
import { overFetch, patient } from '@shopfast/sandbox/shopper/transport';
import { findRunning } from '../dev/data.ts';
import { makeDeadLetters } from './dead-letters.ts';
import { makeHistory } from './history.ts';
import { makeExpiredOrder, makeOrders, type SeededOrder } from './orders.ts';
import { makeProducts } from './products.ts';
import { deleteSeededRooms, makeRoom, plannedRooms, SALE_ROOM, untilShown } from './rooms.ts';
import { type Target, TargetError } from './target.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const lifecycle = createLifecycle();
const say = (line: string) => console.error(line);

async function main(): Promise<void> {
  const { values } = readCommandLine(seed, process.argv.slice(2));
  const { target, database, pages } = whereTo(values);
  const send = patient(overFetch(target.origin));

  say(`· deleting the rooms of an earlier run at ${target.origin}`);
  await deleteSeededRooms(target);
  const rooms = plannedRooms(values.line);
  for (const room of rooms) {
    say(`· room ${room.id}`);
    await makeRoom(target, send, room);
  }
  say('· products and orders');
  await makeProducts(target);
  const orders = await makeOrders(target, send);
  const more = database === undefined ? [] : await makeRest(database, orders);
  for (const { id, state } of rooms) await untilShown(target, id, state);

  const width = Math.max(...rooms.map(({ id }) => id.length));
  const lines = rooms.map(({ id, state }) => `${id.padEnd(width)}   ${state.padEnd(9)}   ${pages}/w/${id}`);
  console.log(`
Rooms
  ${lines.join('\n  ')}

Orders of ${SALE_ROOM}
  ${[...orders, ...more].map(({ id, state }) => `${state.padEnd(15)}   ${id}`).join('\n  ')}`);
  if (database === undefined)
    console.log('\nWithout --database: no expired order, no dead letters, no history.');
}

/** Data that no API call can create. */
async function makeRest(database: string, orders: SeededOrder[]): Promise<SeededOrder[]> {
  const { sql } = connectDb(database, { name: 'seed', max: 1, lifecycle, log: createLog('seed', 'warn') });
  const expired = await makeExpiredOrder(sql);
  const paid = orders.find(({ state }) => state === 'paid');
  if (!paid) throw new Error('no order was paid');
  say(`· ${await makeDeadLetters(sql, paid.id)} dead letters`);
  say(`· ${await makeHistory(sql, SALE_ROOM)} seconds of history of ${SALE_ROOM}`);
  return [expired];
}

type Options = ReturnType<typeof readCommandLine<typeof seed.options>>['values'];

/** @throws TargetError when no system is named and none runs */
function whereTo(options: Options): { target: Target; pages: string; database: string | undefined } {
  const { data, database } = options;
  const running = findRunning(resolve(ROOT, data));
  const origin = options.target?.replace(/\/$/, '');
  const isRunning = running && (origin === undefined || isSame(origin, running.target));
  const adminKey = options['admin-key'] ?? (isRunning ? running.adminKey : undefined);
  if (isRunning && adminKey)
    return {
      target: { origin: running.target, adminKey },
      pages: running.publicUrl,
      database: database ?? running.databaseUrl,
    };
  if (origin === undefined)
    throw new TargetError(`No "npm run dev" runs with ${data}: start it, or name a system with --target.`);
  if (!isHere(origin) && !options['i-own-this-host'])
    throw new TargetError(`${origin} is another machine, so it needs --i-own-this-host.`);
  if (adminKey === undefined) throw new TargetError('--target needs its --admin-key.');
  return { target: { origin, adminKey }, pages: origin, database };
}

const isHere = (address: string) =>
  URL.canParse(address) && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(address).hostname);

/** `localhost` is the same machine. */
function isSame(one: string, other: string): boolean {
  const portOf = (address: string) => new URL(address.replace('//localhost', '//127.0.0.1')).host;
  return URL.canParse(one) && portOf(one) === portOf(other);
}

try {
  await main();
} catch (error) {
  if (error instanceof OptionsError) say(`${error.message}\n\n${helpOf(seed)}`);
  else if (error instanceof TargetError) say(error.message);
  else say(`The samples could not be made.\n${stackOf(error)}`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
await lifecycle.close();
process.exit();
