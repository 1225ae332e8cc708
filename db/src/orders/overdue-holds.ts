import type { Sql } from '../client.ts';

/** Unpaid orders whose hold expired before `since`, oldest first: their expiry job was lost or is late. */
export async function overdueHolds(
  sql: Sql,
  { since, limit }: { since: Date; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from orders
    where state = 'pending_payment' and hold_until < ${since}
    order by hold_until limit ${limit}`;
  return rows.map((row) => row.id);
}
