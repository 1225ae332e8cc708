import type { Sql } from '../client.ts';
import type { DeadLetter } from '../schema/jobs.ts';

export type DeadLetterFilter = {
  queue?: string | undefined;
  /** true: only those sent again; false: only those that were not. */
  resent?: boolean | undefined;
  /** The id of the last row of the previous page. */
  before?: number | undefined;
  limit: number;
};

/** Dead letters, newest first. */
export async function listDeadLetters(
  sql: Sql,
  { queue, resent, before, limit }: DeadLetterFilter,
): Promise<DeadLetter[]> {
  return await sql<DeadLetter[]>`
    select * from dead_letters
    where ${queue === undefined ? sql`true` : sql`queue = ${queue}`}
      and ${resent === undefined ? sql`true` : sql`(resent_at is not null) = ${resent}`}
      and ${before === undefined ? sql`true` : sql`id < ${before}`}
    order by id desc limit ${limit}`;
}
