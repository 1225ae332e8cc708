import { readTimeline as readSamples, type TimelinePoint } from '@shopfast/db/timeline';
import { invalidRequest } from '@shopfast/kit/http';
import type { RoomDeps } from '../deps.ts';
import { MINUTES_KEPT_MS, SECONDS_KEPT_MS } from './keep.ts';

/** An hour of seconds. */
const MAX_POINTS = 3_600;
const QUARTER_OF_AN_HOUR_MS = 900_000;

export type Timeline = { from: Date; to: Date; stepSeconds: number; points: TimelinePoint[] };

/**
 * A room's history. Default range: the last quarter of an hour. Default `step`: the finest that the range allows. Steps
 * of less than a minute reach back an hour, longer ones 30 days.
 * @throws Problem room_unknown, invalid_request
 */
export async function readTimeline(
  deps: RoomDeps,
  room: string,
  query: { from?: Date | undefined; to?: Date | undefined; step?: number | undefined },
): Promise<Timeline> {
  deps.rooms.get(room);
  const now = deps.clock.now();
  const to = query.to ?? new Date(now);
  const from = query.from ?? new Date(to.getTime() - QUARTER_OF_AN_HOUR_MS);
  const lengthSeconds = (to.getTime() - from.getTime()) / 1_000;
  if (lengthSeconds <= 0) throw invalid('from', 'must be before to');
  const age = now - from.getTime();
  if (age > MINUTES_KEPT_MS + 60_000) throw invalid('from', 'must not be more than 30 days ago');

  const needsMinutes = age > SECONDS_KEPT_MS;
  const step = query.step ?? finestStep(lengthSeconds, needsMinutes);
  if (step < 60 && needsMinutes)
    throw invalid('step', 'must be 60 or more: seconds are kept for an hour only');
  if (step > 60 && step % 60 !== 0) throw invalid('step', 'must be 1 to 60, or a multiple of 60');
  if (lengthSeconds / step > MAX_POINTS)
    throw invalid('step', `is too small for this range: at most ${MAX_POINTS} points`);

  const resolution = step < 60 ? 'second' : 'minute';
  const points = await readSamples(deps.sql, room, { from, to, step }, resolution);
  return { from, to, stepSeconds: step, points };
}

function finestStep(lengthSeconds: number, needsMinutes: boolean): number {
  if (!needsMinutes && lengthSeconds <= MAX_POINTS) return 1;
  return Math.ceil(lengthSeconds / MAX_POINTS / 60) * 60;
}

function invalid(field: string, message: string) {
  return invalidRequest([{ path: [field], message }]);
}
