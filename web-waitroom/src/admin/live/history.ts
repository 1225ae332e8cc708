import type { RoomStats, Timeline, TimelinePoint } from '@shopfast/kit/contracts/rooms';

/** A step of a room's history: levels at its end, counts within it. `at`: its start, ms. */
export type Step = Omit<TimelinePoint, 'at' | 'serving' | 'issued'> & { at: number };

/** The last live figures within each step. */
export type LiveSteps = ReadonlyMap<number, RoomStats>;

export const STEP_MS = 10_000;
export const SHOWN_MS = 3_600_000;
/** The stored history is read again every minute; live steps must reach back a little further. */
const LIVE_KEPT_MS = 180_000;

export const stepOf = (at: number) => Math.floor(at / STEP_MS) * STEP_MS;

/** Adds one live document and drops steps that the stored history has by now. */
export function withLive(steps: LiveSteps, stats: RoomStats): LiveSteps {
  const at = Date.parse(stats.updated_at);
  const next = new Map([...steps].filter(([step]) => step > at - LIVE_KEPT_MS));
  next.set(stepOf(at), stats);
  return next;
}

/**
 * The stored history, continued with live figures. Counts are differences, so a live step counts only if the step
 * before it was seen too. Otherwise the stored step is used.
 */
export function joinHistory(stored: Pick<Timeline, 'points'> | null, live: LiveSteps, now: number): Step[] {
  const steps = new Map<number, Step>();
  for (const point of stored?.points ?? [])
    steps.set(Date.parse(point.at), { ...point, at: Date.parse(point.at) });
  for (const [at, stats] of live) {
    const before = live.get(at - STEP_MS);
    if (before || !steps.has(at)) steps.set(at, liveStep(at, stats, before));
  }
  return [...steps.values()].filter(({ at }) => at > now - SHOWN_MS).sort((a, b) => a.at - b.at);
}

function liveStep(at: number, stats: RoomStats, before: RoomStats | undefined): Step {
  return {
    at,
    waiting: totalWaiting(stats),
    active: stats.active,
    calls: counted(stats, before, 'calls'),
    joins: counted(stats, before, 'joins'),
    drop_outs: counted(stats, before, 'drop_outs'),
    remaining: stats.remaining,
    held: stats.held,
    sold: stats.sold,
  };
}

/** Counters restart when the room is created again in Redis. */
function counted(
  stats: RoomStats,
  before: RoomStats | undefined,
  what: 'calls' | 'joins' | 'drop_outs',
): number {
  if (!stats.counted || !before?.counted) return 0;
  const since = stats.counted.since === before.counted.since ? before.counted[what] : 0;
  return Math.max(0, stats.counted[what] - since);
}

/** Everybody who waits, in both lines. */
export const totalWaiting = ({ waiting, priority }: Pick<RoomStats, 'waiting' | 'priority'>) =>
  waiting + priority.waiting;

/**
 * Counts per minute: for each step the sum over the minute that ends with it. The last step is incomplete, so the
 * minute also takes a share of one more step. Counts of a gap are spread over it; otherwise it would look like a rush.
 */
export function perMinute(
  steps: readonly Step[],
  what: 'calls' | 'joins' | 'drop_outs',
  now: number,
): number[] {
  const gaps = new Set(gapsBefore(steps));
  const lengthOf = (i: number) => (gaps.has(i) ? sinceLast(steps, i) : STEP_MS);
  const byStep = new Map(steps.map((step, i) => [step.at, (step[what] * STEP_MS) / lengthOf(i)]));
  return steps.map(({ at }, i) => {
    const isLast = i === steps.length - 1;
    const missing = isLast ? 1 - Math.min(1, Math.max(0, (now - at) / STEP_MS)) : 0;
    let sum = missing * (byStep.get(at - 60_000) ?? 0);
    for (let back = 0; back < 60_000; back += STEP_MS) sum += byStep.get(at - back) ?? 0;
    return Math.round(sum);
  });
}

/** Charts show a gap where steps are missing. @returns indexes of the first step after each gap */
export function gapsBefore(steps: readonly Step[]): number[] {
  return steps.flatMap((_step, i) => (sinceLast(steps, i) > 3 * STEP_MS ? [i] : []));
}

/** The ms from the step before to this one; 0 for the first. */
function sinceLast(steps: readonly Step[], i: number): number {
  const [before, step] = [steps[i - 1], steps[i]];
  return before && step ? step.at - before.at : 0;
}
