import type { RoomSettings } from '../rooms/settings.ts';

type PollSettings = Pick<
  RoomSettings,
  'admissions_per_minute' | 'poll_budget_rps' | 'poll_min_ms' | 'poll_max_ms'
>;

/** Of the expected wait, a question comes after every fifth. */
const PART_OF_WAIT = 5;

/**
 * When a waiter should ask again: at a fifth of the expected wait, within the room's limits. When that is more than
 * `poll_budget_rps`, half of the budget goes to the front, so that whoever is called next hears of it at once, and all others
 * share the other half; without a place yet (a lottery before its draw) all share the whole. Jittered ±15 %, so that a crowd
 * that came together spreads out.
 * @param ahead live tickets before this one; null when nobody knows
 * @param waiting all live waiting tickets
 * @param random a number in 0…1
 * @returns milliseconds
 */
export function pollAfterMs(
  ahead: number | null,
  waiting: number,
  room: PollSettings,
  random = Math.random(),
): number {
  return Math.round(meanPollMs(ahead, waiting, room) * (0.85 + 0.3 * random));
}

function meanPollMs(ahead: number | null, waiting: number, room: PollSettings): number {
  const { poll_min_ms: min, poll_max_ms: max } = room;
  const budget = room.poll_budget_rps / 1_000;
  if (ahead === null) return Math.max(min, waiting / budget);
  const waitMs = (ahead / room.admissions_per_minute) * 60_000;
  const byDistance = Math.min(Math.max(waitMs / PART_OF_WAIT, min), max);
  // The foremost apart: what follows is an integral, which leaves out its first step.
  const front = budget / 2 < 1 / min ? 0 : 1 + Math.floor(peopleFor(budget / 2 - 1 / min, room));
  if (ahead < front) return byDistance;
  return Math.max(byDistance, (waiting - front) / (budget / 2));
}

/**
 * How many at the front can ask by their distance alone. The nearest ask every `poll_min_ms`, those behind them at a
 * part of their wait (1/x, whose sum is a logarithm), the rest every `poll_max_ms`.
 * @param budget questions a millisecond
 */
function peopleFor(budget: number, room: PollSettings): number {
  const { poll_min_ms: min, poll_max_ms: max } = room;
  const perTurn = (PART_OF_WAIT * room.admissions_per_minute) / 60_000;
  const [nearest, near] = [perTurn * min, perTurn * max];
  const [ofNearest, ofNear] = [perTurn, perTurn * (1 + Math.log(max / min))];
  if (budget <= ofNearest) return budget * min;
  if (budget <= ofNear) return nearest * Math.exp((budget - ofNearest) / perTurn);
  return near + (budget - ofNear) * max;
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
