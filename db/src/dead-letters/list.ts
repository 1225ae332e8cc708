import type { Sql } from '../client.ts';
import type { DeadLetter } from '../schema/jobs.ts';

/** The dead letters that were not sent again yet, newest first. */
export async function listDeadLetters(sql: Sql, { limit }: { limit: number }): Promise<DeadLetter[]> {
  return await sql<DeadLetter[]>`
    select * from dead_letters where resent_at is null order by id desc limit ${limit}`;
}
