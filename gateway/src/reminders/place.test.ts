import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { runDueReminders } from '../lua/due-reminders.ts';
import type { Line } from '../lua/keys.ts';
import { runRemoveReminder } from '../lua/remove-reminder.ts';
import { runSetReminder } from '../lua/set-reminder.ts';
import { openTestRoom, type TestRoom } from '../testing/room.ts';

let room: TestRoom;
beforeEach(async () => {
  room = await openTestRoom(inject('redisUrl'), { rate: 60, maxActive: 1, abandonMs: 10_000 });
});
afterEach(() => room.close());

const set = (index: number, line: Line = 'ordinary', mailbox = `mailbox-${index}`) =>
  runSetReminder(
    room.redis,
    { room: room.id, line, index, epoch: 1 },
    { distance: 'a10', mailbox, mailsPerMailbox: 3, sealed: `sealed-${index}` },
  );
const remove = (index: number) =>
  runRemoveReminder(room.redis, { room: room.id, line: 'ordinary', index, epoch: 1 });
/** @returns tickets and their sealed contents, alternating */
const due = async (acknowledged: string[] = [], line: Line = 'ordinary') => {
  const leased = await runDueReminders(
    room.redis,
    { room: room.id, line, epoch: 1 },
    { leaseMs: 30_000, limit: 100, mailsPerMailbox: 3, acknowledged, distances: [['a10', 10]] },
  );
  return leased?.flatMap(({ ticket, sealed }) => [ticket, sealed]);
};

/** Moves time on while gateways tick, so that silence counts against the holders. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await room.advance(1_000);
    await room.tick();
  }
}

describe('a place with a reminder', () => {
  test('stays without status requests until it is called, before the mail and after it; one without a reminder expires', async () => {
    for (let count = 0; count < 3; count += 1) await room.join();
    await room.advance(1_000);
    await room.tick();
    expect(await room.called()).toEqual([1]);
    await set(2);
    await pass(30_000);
    expect(await due()).toEqual(['2', 'sealed-2']);
    await due(['2']);
    await pass(25_000);
    expect((await room.heartbeat(3)).status).toBe('expired');
    expect((await room.tick()).snapshot.waiting).toBe(1);
    await pass(10_000);
    expect(await room.called()).toEqual([2]);
    expect((await room.heartbeat(2)).status).toBe('called');
  });

  test('needs heartbeats again when the reminder is removed, and ends with its call', async () => {
    for (let count = 0; count < 3; count += 1) await room.join();
    await room.advance(1_000);
    await room.tick();
    await set(2);
    await set(3);
    await pass(20_000);
    await remove(3);
    expect((await room.heartbeat(2)).status).toBe('waiting');
    await pass(20_000);
    expect((await room.heartbeat(3)).status).toBe('expired');
    await pass(120_000);
    expect((await room.heartbeat(2)).status).toBe('expired');
    expect(await room.redis.hlen(room.keys.reminders)).toBe(0);
  });

  test('is kept in the priority line, too', async () => {
    await room.join();
    await room.advance(1_000);
    await room.tick();
    await room.redeem('priority');
    await room.redeem('priority');
    await set(1, 'priority');
    await pass(30_000);
    expect(await due()).toEqual([]);
    expect(await due([], 'priority')).toEqual(['P1', 'sealed-1']);
    expect((await room.tick()).snapshot.priority.waiting).toBe(1);
  });
});

test('a reminder that a gateway took and did not save, because it died, goes to another one later; once saved, never', async () => {
  for (let count = 0; count < 2; count += 1) await room.join();
  await room.advance(1_000);
  await room.tick();
  await set(2);
  expect(await due()).toEqual(['2', 'sealed-2']);
  expect(await due()).toEqual([]);
  await room.advance(29_000);
  expect(await due()).toEqual([]);
  await room.advance(1_000);
  expect(await due()).toEqual(['2', 'sealed-2']);
  expect(await due(['2'])).toEqual([]);
  await room.advance(60_000);
  expect(await due()).toEqual([]);
  expect(await room.redis.hget(room.keys.reminders, '2')).toBe('t|a10|mailbox-2|');
});
