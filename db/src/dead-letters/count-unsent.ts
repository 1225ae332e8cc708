import type { Sql } from '../client.ts';

/** The number of dead letters that nobody has sent again, by queue; queues without any are left out. */
export async function countUnsent(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ queue: string; letters: number }[]>`
    select queue, count(*)::int as letters from dead_letters where resent_at is null group by queue`;
  return Object.fromEntries(rows.map(({ queue, letters }) => [queue, letters]));
}
