import type { RoomSettings } from '../rooms/settings.ts';

type PaceOfRoom = Pick<
  RoomSettings,
  'admissions_per_minute' | 'poll_budget_rps' | 'poll_min_ms' | 'poll_max_ms'
>;

/**
 * When a waiter should ask again: at a fifth of the expected wait, within the room's limits; but never so often that
 * all waiters together exceed `poll_budget_rps`. Jittered ±15 %, so that a crowd that came together spreads out.
 * @param ahead live tickets before this one
 * @param waiting all live waiting tickets
 * @param random a number in 0…1
 * @returns milliseconds
 */
export function pollAfterMs(
  ahead: number,
  waiting: number,
  room: PaceOfRoom,
  random = Math.random(),
): number {
  const waitMs = (ahead / room.admissions_per_minute) * 60_000;
  const byDistance = Math.min(Math.max(waitMs / 5, room.poll_min_ms), room.poll_max_ms);
  const byBudget = (waiting / room.poll_budget_rps) * 1_000;
  return Math.round(Math.max(byDistance, byBudget) * (0.85 + 0.3 * random));
}

/**
 * How many calls a room makes before a ticket's own, when two lines share them.
 * @param ahead live tickets before this one in its line
 * @param share the part of all calls that its line gets while the other line has somebody, 0…1
 * @param beside live tickets in the other line
 */
export function callsOfBothLines(ahead: number, share: number, beside: number): number {
  if (share <= 0) return ahead + beside;
  return ahead + Math.min(beside, Math.floor(((ahead + 1) * (1 - share)) / share));
}
