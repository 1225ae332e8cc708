import { type Budget, createBudget } from '@shopfast/kit/budget';
import type { Clock } from '@shopfast/kit/clock';

/** What decides how often a ticket may ask. */
export type PolledRoom = { settings: { poll_min_ms: number } };
export type PollingTicket = { id: string; index: number };

const WINDOW_SECONDS = 10;
/**
 * Requests are weighted by the room's poll interval, so that one budget fits every room: that of five tabs that poll as
 * asked.
 */
const BUDGET_MS = 60_000;
const BUSY_MS = 40_000;
/**
 * Even in a room with slow polling, a ticket may ask three times a second: refreshes, several tabs, a bad connection.
 */
const HEAVIEST_MS = 2_000;

const SLOTS = 65_536;

/** Finds tickets that poll far more often than they should. */
export type StatusFloods = {
  /**
   * Counts a request. It is an addition in a fixed array (tickets may share a slot), so memory does not grow with the
   * crowd.
   * @returns whether this ticket's slot is so busy that the ticket needs its own budget
   */
  countRequest(room: PolledRoom, ticket: PollingTicket): boolean;
  /** The exact budget, for tickets in busy slots. */
  budgetOf(room: PolledRoom): Budget;
};

export function createStatusFloods(clock: Clock): StatusFloods {
  const weights = new Uint32Array(SLOTS);
  const budgets = new Map<number, Budget>();
  let windowEnds = 0;

  return {
    countRequest: (room, ticket) => {
      const now = clock.now();
      if (now >= windowEnds) {
        weights.fill(0);
        windowEnds = now + WINDOW_SECONDS * 1_000;
      }
      const slot = ticket.index % SLOTS;
      const weight = (weights[slot] ?? 0) + weightOf(room);
      weights[slot] = weight;
      return weight > BUSY_MS;
    },
    budgetOf: (room) => {
      const quota = Math.ceil(BUDGET_MS / weightOf(room));
      const known = budgets.get(quota);
      if (known) return known;
      const made = createBudget({ name: 'questions', quota, windowSeconds: WINDOW_SECONDS });
      budgets.set(quota, made);
      return made;
    },
  };
}

/** 200…2,000 ms: the weight of one request in the budget. */
function weightOf(room: PolledRoom): number {
  return Math.min(room.settings.poll_min_ms, HEAVIEST_MS);
}
