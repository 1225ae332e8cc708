/**
 * One bounded step through a table by its primary key. It reads at most `limit` rows, and deletes those that are
 * finished and older than `before`. So a clean-up needs no index of its own and never holds many locks.
 */
export type Step = { before: Date; after: string | null; limit: number };

/** `next` is the start of the following step; null when the end of the table is reached. */
export type Stepped = { gone: number; next: string | null };

/** The result of a step's statement: rows deleted, rows read, and the last key that was read. */
export type StepRow = { gone: number; read: number; last: string | null };

export function stepped(row: StepRow | undefined, limit: number): Stepped {
  if (!row) return { gone: 0, next: null };
  return { gone: row.gone, next: row.read < limit ? null : row.last };
}
