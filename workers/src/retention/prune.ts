import type { Sql } from '@shopfast/db/client';
import { cleanUp, FINISHED_WORK, type FinishedWork } from '@shopfast/db/retention';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';

const DAY_MS = 24 * 60 * 60 * 1_000;
const EVERY_MS = 10 * 60 * 1_000;
/** Rows per statement, and statements per table and round. The rest follows in later rounds. */
const PORTION = 1_000;
const PORTIONS = 20;

/** How many days finished work is kept. Mails are kept longer than the jobs that send them: see db/src/retention.ts. */
export type KeptDays = Record<FinishedWork, number>;

export type PruneParts = { sql: Sql; clock: Clock; log: Log; keptDays: KeptDays };
export type PruneSize = { portion: number; portions: number };

/** Deletes old finished work in portions. Orders, payments and the audit log are never deleted. */
export function startPruning(parts: PruneParts, lifecycle: Lifecycle): void {
  repeat(EVERY_MS, 'retention', createPrune(parts), { log: parts.log, lifecycle });
}

/** @returns one round; each continues where the last one stopped, and starts again at the end of a table */
export function createPrune(
  { sql, clock, log, keptDays }: PruneParts,
  { portion, portions }: PruneSize = { portion: PORTION, portions: PORTIONS },
): () => Promise<void> {
  const places: Partial<Record<FinishedWork, string | null>> = {};

  async function pruneOne(what: FinishedWork): Promise<number> {
    const before = new Date(clock.now() - keptDays[what] * DAY_MS);
    let gone = 0;
    for (let taken = 0; taken < portions; taken += 1) {
      const step = await cleanUp(sql, what, { before, after: places[what] ?? null, limit: portion });
      gone += step.gone;
      places[what] = step.next;
      if (step.next === null) break;
    }
    return gone;
  }

  return async () => {
    for (const what of FINISHED_WORK) {
      const gone = await pruneOne(what);
      if (gone > 0) log.info({ what, gone }, 'old finished work was deleted');
    }
  };
}
