import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from './audit.ts';
import { type RoomMarks, saveDraw, saveMarks, saveStock } from './room-progress.ts';
import { findRoom, insertRoom, resetRoom, setRoomState, updateRoom } from './rooms.ts';
import { openSale, type Sale } from './sale.fixture.ts';

describe('a room', () => {
  let sale: Sale;
  const at = new Date(0);
  const entry = (action: string, before: unknown = null, after: unknown = null) => ({
    at,
    actor: 'key-1',
    role: 'operator',
    action,
    target: 'sale',
    before,
    after,
    request_id: 'request-1',
  });
  const room = {
    id: 'sale',
    name: 'Sale',
    settings: { max_active: 500 },
    state: 'scheduled' as const,
    lottery: { sealedSeed: 'sealed-1', version: 2 },
  };
  const actions = async () => (await listAudit(sale.sql, { limit: 10 })).map((row) => row.action);
  beforeEach(async () => {
    sale = await openSale({ room: 'elsewhere' });
    await insertRoom(sale.sql, room, entry('room.create', null, { name: 'Sale' }));
  });
  afterEach(() => sale.close());

  test('is created once, with its audit entry', async () => {
    expect(await insertRoom(sale.sql, { ...room, name: 'Other' }, entry('room.create'))).toBeUndefined();
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ name: 'Sale', version: 1, epoch: 1 });
    const [row] = await listAudit(sale.sql, { target: 'sale', limit: 10 });
    expect(row).toMatchObject({ at, action: 'room.create', before: null, after: { name: 'Sale' } });
    expect(await actions()).toEqual(['room.create']);
  });

  test('takes one of several edits that start from the same version, with one audit entry', async () => {
    const edits = [100, 200, 300].map((rate) =>
      updateRoom(sale.sql, { id: 'sale', version: 1 }, { settings: { rate } }, entry('room.update')),
    );
    const changed = (await Promise.all(edits)).filter((edited) => edited !== undefined);
    expect(changed).toHaveLength(1);
    expect(await findRoom(sale.sql, 'sale')).toEqual(changed[0]);
    expect(changed[0]).toMatchObject({ version: 2, name: 'Sale', state: 'scheduled' });
    expect(await actions()).toEqual(['room.update', 'room.create']);
  });

  test('is drawn once per epoch', async () => {
    expect(await saveDraw(sale.sql, { room: 'sale', epoch: 1, size: 90 })).toMatchObject({
      lottery_size: 90,
    });
    expect(await saveDraw(sale.sql, { room: 'sale', epoch: 1, size: 91 })).toBeUndefined();
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ lottery_size: 90 });
  });

  const marks = (high_number: number, serving: number): RoomMarks[] => [
    {
      ...{ room: 'sale', epoch: 1, high_number, serving },
      ...{ priority_high_number: 0, priority_serving: 0 },
    },
    { room: 'gone', epoch: 1, high_number: 1, serving: 0, priority_high_number: 0, priority_serving: 0 },
  ];

  test('never counts back, and a process in an older epoch cannot change its high-water marks', async () => {
    await saveMarks(sale.sql, marks(90, 10));
    await saveMarks(sale.sql, marks(80, 20));
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ high_number: 90, serving: 20 });
    await saveDraw(sale.sql, { room: 'sale', epoch: 1, size: 90 });
    const fresh = {
      id: 'sale',
      version: 1,
      state: 'open' as const,
      lottery: { sealedSeed: 'sealed-2', version: 2 },
    };
    await resetRoom(sale.sql, fresh, entry('room.reset'));
    await saveMarks(sale.sql, marks(99, 99));
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({
      epoch: 2,
      lottery_seed: null,
      lottery_seed_sealed: 'sealed-2',
      lottery_size: null,
      high_number: 0,
      serving: 0,
      state: 'open',
    });
  });

  test('keeps the newest stock figure, in any order of arrival', async () => {
    const figure = (remaining: number, version: number) => ({ remaining, held: 0, sold: 0, version });
    expect(await saveStock(sale.sql, 'sale', figure(30, 3), at)).toBe(true);
    expect(await saveStock(sale.sql, 'sale', figure(40, 2), at)).toBe(false);
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ remaining: 30, stock_version: 3 });
    expect(await saveStock(sale.sql, 'sale', { remaining: 7, held: 0, sold: 0 }, at)).toBe(true);
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ remaining: 7, stock_version: 3 });
  });

  test('makes an automatic transition once, from the states that allow it', async () => {
    const open = () =>
      setRoomState(sale.sql, { id: 'sale', from: ['scheduled', 'lobby'], to: 'open', now: at });
    const steps = await Promise.all([open(), open(), open()]);
    expect(steps.filter((step) => step !== undefined)).toHaveLength(1);
    expect(await findRoom(sale.sql, 'sale')).toMatchObject({ state: 'open', version: 2 });
  });
});
