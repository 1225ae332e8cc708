import type { Sql } from './client.ts';

/** A parameter of a `json` or `jsonb` column: any value that JSON can write. */
export const json = (sql: Sql, value: unknown) =>
  // The driver's type asks for an index signature, which our row types do not have.
  sql.json(value as never);
