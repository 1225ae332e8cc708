import type { RoomState } from '@shopfast/kit/contracts/api';
import type { RoomSummary } from '@shopfast/kit/contracts/rooms';
import { totalWaiting } from '../live/history.ts';

const FIRST: readonly RoomState[] = ['open', 'paused', 'lobby', 'scheduled', 'sold_out', 'closed'];

/** Sorts rooms for operators: first those that admit people, then those where people wait; fuller ones first. */
export function inOrder(rooms: readonly RoomSummary[]): RoomSummary[] {
  return [...rooms].sort(
    (a, b) =>
      FIRST.indexOf(a.stats.state) - FIRST.indexOf(b.stats.state) ||
      totalWaiting(b.stats) - totalWaiting(a.stats) ||
      a.id.localeCompare(b.id),
  );
}
