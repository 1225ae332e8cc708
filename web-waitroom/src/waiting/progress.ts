/** A waiter's progress, 0…1. Never decreases for one number, not even over a refresh. */
export type Progress = { number: number | null; start: number; done: number };

export const NO_PROGRESS: Progress = { number: null, start: 0, done: 0 };

/**
 * @param ahead live tickets before this one now; null if unknown
 */
export function advance(before: Progress, number: number | null, ahead: number | null): Progress {
  const same = before.number === number ? before : { ...NO_PROGRESS, number };
  if (ahead === null) return same;
  const start = Math.max(same.start, ahead, 1);
  return { number, start, done: Math.max(same.done, 1 - ahead / start) };
}
