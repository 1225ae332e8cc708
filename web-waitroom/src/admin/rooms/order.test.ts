import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { expect, test } from 'vitest';
import { statsWith } from '../live/stats.fixture.ts';
import { inOrder } from './order.ts';

const room = (id: string, stats: Partial<RoomStats>) => ({
  ...{ id, name: id, rehearsal: false, opens_at: null },
  stats: statsWith(stats),
});

test('rooms that admit people come first, the fuller ones before the emptier', () => {
  const rooms = [
    room('over', { state: 'closed', waiting: 0 }),
    room('small', { waiting: 3 }),
    room('held', { state: 'paused', waiting: 900 }),
    room('big', { waiting: 40 }),
    room('also-small', { waiting: 3 }),
  ];
  expect(inOrder(rooms).map(({ id }) => id)).toEqual(['big', 'also-small', 'small', 'held', 'over']);
});
