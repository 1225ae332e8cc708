import type { RoomSettings } from '@shopfast/kit/contracts/rooms';

type PollSettings = Pick<
  RoomSettings,
  'admissions_per_minute' | 'poll_budget_rps' | 'poll_min_ms' | 'poll_max_ms'
>;

/** A client polls after a fifth of its expected wait. */
const PART_OF_WAIT = 5;

/**
 * When a waiting client should poll again: after a fifth of its expected wait, within the room's limits. When that
 * would exceed `poll_budget_rps`, half of the budget goes to the front, so that the next called tickets notice it at
 * once, and all others share the other half. Before a lottery's draw all share the whole budget. Jittered ±15 %, so
 * that clients that joined together spread out.
 * @param ahead live tickets before this one; null when unknown
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
  // The first one is added separately: the formula is an integral, which leaves it out.
  const front = budget / 2 < 1 / min ? 0 : 1 + Math.floor(peopleFor(budget / 2 - 1 / min, room));
  if (ahead < front) return byDistance;
  return Math.max(byDistance, (waiting - front) / (budget / 2));
}

/**
 * How many tickets at the front can poll by distance alone. The nearest poll every `poll_min_ms`, those behind them at
 * a fraction of their wait (1/x, whose sum is a logarithm), the rest every `poll_max_ms`.
 * @param budget polls per millisecond
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
 * @param share its line's share of all calls while the other line has somebody, 0…1
 * @param others live tickets in the other line
 */
export function callsOfBothLines(ahead: number, share: number, others: number): number {
  if (share <= 0) return ahead + others;
  return ahead + Math.min(others, Math.floor(((ahead + 1) * (1 - share)) / share));
}
