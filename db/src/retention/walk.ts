/**
 * One bounded step through a table by its primary key: at most `limit` rows are read, and of them those go that are
 * finished and older than `before`. So a clean-up needs no index of its own and never holds many locks.
 */
export type Step = { before: Date; after: string | null; limit: number };

/** `next` is where the following step starts; null when there is nothing further on to look at. */
export type Stepped = { gone: number; next: string | null };

/** What every step's statement answers: rows gone, rows read, and the last key that was read. */
export type StepRow = { gone: number; read: number; last: string | null };

export function stepped(row: StepRow | undefined, limit: number): Stepped {
  if (!row) return { gone: 0, next: null };
  return { gone: row.gone, next: row.read < limit ? null : row.last };
}
