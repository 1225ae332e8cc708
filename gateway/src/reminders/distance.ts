import { REMIND_AHEAD, REMIND_MINUTES, type ReminderRequest } from '@shopfast/kit/contracts/api';
import { REMINDER_DISTANCES, type ReminderDistance } from '../lua/keys.ts';
import { etaSeconds } from '../rooms/forecast.ts';
import type { Room } from '../rooms/room.ts';
import { callsBefore } from '../tickets/ticket-status.ts';

type ReminderTime = Pick<ReminderRequest, 'ahead' | 'minutes'>;

const DEFAULT_DISTANCE: ReminderDistance = 'm10';

/** The distance for a request: the next one that is not nearer. */
export function distanceFor({ ahead, minutes }: ReminderTime): ReminderDistance {
  if (ahead !== undefined) return `a${atLeast(ahead, REMIND_AHEAD)}`;
  return minutes === undefined ? DEFAULT_DISTANCE : `m${atLeast(minutes, REMIND_MINUTES)}`;
}

/** The reverse, for an answer. */
export function timeOf(distance: ReminderDistance): ReminderTime {
  const count = Number(distance.slice(1));
  return distance.startsWith('a') ? { ahead: count } : { minutes: count };
}

/** For each distance, how many live tickets of its line may be ahead of a ticket whose reminder is due. */
export function limitsNow(room: Room, line?: 'priority'): [ReminderDistance, number][] {
  return REMINDER_DISTANCES.map((distance) => {
    const { ahead, minutes = 0 } = timeOf(distance);
    return [distance, ahead ?? aheadWithin(room, minutes * 60, line)];
  });
}

const MAX_AHEAD = 2 ** 30;

/**
 * The most tickets ahead with which a turn may come that soon. It uses the lower end of the shown estimate, so that
 * mails are not late.
 */
function aheadWithin(room: Room, seconds: number, line?: 'priority'): number {
  const { forecast } = room.throughput;
  if (!forecast) return Math.floor((room.settings.admissions_per_minute * seconds) / 60);
  let [low, high] = [0, MAX_AHEAD];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (etaSeconds(callsBefore(room, middle, line), forecast).low <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @param steps rising; the last is the highest value that may be requested */
function atLeast<Step extends number>(wanted: number, steps: readonly [Step, ...Step[]]): Step {
  return steps.find((step) => step >= wanted) ?? steps.at(-1) ?? steps[0];
}
