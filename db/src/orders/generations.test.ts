import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { deleteRoom, findRoom, insertRoom, resetRoom } from '../rooms.ts';
import { openSale, putRoom, type Sale } from '../sale.fixture.ts';

let sale: Sale;
beforeEach(async () => {
  sale = await openSale({ units: 3, perCustomerLimit: 2 });
  await sale.sql`select nextval('room_epochs')`;
});
afterEach(() => sale.close());

const entry = (action: string, before: unknown = null) => ({
  ...{ at: new Date(0), actor: 'key-1', role: 'owner', action, target: 'sale', before, after: null },
  request_id: 'request-1',
});
const NEW_ROOM = {
  id: 'sale',
  name: 'Sale',
  settings: {},
  state: 'open' as const,
  lottery: { sealedSeed: 'seed', version: 2 },
};

async function remove(): Promise<void> {
  const room = await findRoom(sale.sql, 'sale');
  if (!room) throw new Error('the room does not exist');
  await deleteRoom(sale.sql, room, entry('room.delete', { epoch: room.epoch, version: room.version }));
}
async function reset(): Promise<void> {
  const room = await findRoom(sale.sql, 'sale');
  if (!room) throw new Error('the room does not exist');
  await resetRoom(
    sale.sql,
    { ...room, state: 'open', lottery: { sealedSeed: 'next', version: 2 } },
    entry('room.reset'),
  );
}
const untouched = async () => {
  expect(await sale.units()).toEqual({ available: 3, held: 0, sold: 0 });
  expect(await findViolations(sale.sql)).toEqual([]);
};

describe('a reservation of a generation that has ended buys nothing:', () => {
  const ended = { outcome: 'generation_ended' };
  const one = { productId: 'sneaker', quantity: 1, quotedPrice: null };

  test('the room was reset', async () => {
    await reset();
    expect(await sale.buy()).toEqual(ended);
    await untouched();
  });

  test('the room was deleted', async () => {
    await remove();
    expect(await sale.buy()).toEqual(ended);
    await untouched();
  });

  test('the name of the deleted room is used again, whether or not the audit log knows of it', async () => {
    await remove();
    await sale.sql`truncate audit`;
    await insertRoom(sale.sql, NEW_ROOM, entry('room.create'));
    expect(await sale.buy({ epoch: 1 })).toEqual(ended);
    const { epoch = 0 } = (await findRoom(sale.sql, 'sale')) ?? {};
    expect(await sale.buy({ epoch })).toMatchObject({ outcome: 'placed' });
  });

  test('an order of several items is refused in the same way', async () => {
    await sale.offer({ productId: 'cap', units: 3 });
    await reset();
    expect(await sale.buy({ items: [one, { ...one, productId: 'cap' }] })).toEqual(ended);
    await untouched();
  });

  test('its earlier order still exists', async () => {
    const order = await sale.place({ jti: 'once' });
    await remove();
    expect(await sale.buy({ jti: 'once' })).toEqual({ outcome: 'duplicate', order });
  });
});

describe('a reservation of the current generation', () => {
  test.each(['open', 'paused', 'draining'] as const)('buys while its room is %s', async (state) => {
    await putRoom(sale.sql, 'sale', { state });
    expect(await sale.buy()).toMatchObject({ outcome: 'placed' });
  });

  test.each(['scheduled', 'lobby', 'closed'] as const)('buys nothing while its room is %s', async (state) => {
    await putRoom(sale.sql, 'sale', { state });
    expect(await sale.buy()).toEqual({ outcome: 'room_not_selling', state, rehearsal: false });
    await untouched();
  });

  test('buys nothing in a rehearsal', async () => {
    await putRoom(sale.sql, 'sale', { rehearsal: true });
    expect(await sale.buy()).toEqual({ outcome: 'room_not_selling', state: 'open', rehearsal: true });
    await untouched();
  });
});

describe('the epoch of a room', () => {
  test('is unique, for any sequence of creations, resets and deletions, and any name', async () => {
    const seen = [1];
    await remove();
    for (let round = 0; round < 3; round += 1) {
      await insertRoom(sale.sql, NEW_ROOM, entry('room.create'));
      await insertRoom(sale.sql, { ...NEW_ROOM, id: `other-${round}` }, entry('room.create'));
      await reset();
      const rows = await sale.sql<{ epoch: number }[]>`select epoch from rooms`;
      seen.push(...rows.map((row) => row.epoch).filter((epoch) => !seen.includes(epoch)));
      await remove();
    }
    expect(new Set(seen).size).toBe(1 + 3 * 2);
    expect(Math.min(...seen.slice(1))).toBeGreaterThan(1);
  });

  test('is unique also when the name is taken during the deletion, which the new room cannot see', async () => {
    const gate = sale.sql.reserve();
    const deleting = await gate;
    await deleting`begin`;
    const room = await findRoom(sale.sql, 'sale');
    await deleteRoom(
      deleting,
      room as { id: string; version: number },
      entry('room.delete', { epoch: 1, version: 1 }),
    );
    const inserting = insertRoom(sale.sql, NEW_ROOM, entry('room.create'));
    const waits = async () =>
      (
        await sale.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      ).length === 1;
    while (!(await waits()));
    await deleting`commit`;
    deleting.release();
    expect((await inserting)?.epoch).not.toBe(1);
    expect(await sale.buy({ epoch: 1 })).toEqual({ outcome: 'generation_ended' });
  });
});
