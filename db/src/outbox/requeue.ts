import type { Sql } from '../client.ts';

/**
 * Lets the relay publish again what was published more than `lateMs` ago (a delayed job: was due then) and is not
 * done. A queue that has the job still knows its id and ignores it; one that was emptied, or lost its last second, gets it back.
 * @returns how many
 */
export async function requeue(
  sql: Sql,
  { lateMs, limit }: { lateMs: number; limit: number },
): Promise<number> {
  const rows = await sql`
    update outbox set published_at = null, taken_until = null
    where id in (
      select id from outbox
      where done_at is null and published_at < now() - make_interval(secs => ${lateMs / 1_000})
        and (delay_until is null or delay_until < now() - make_interval(secs => ${lateMs / 1_000}))
      order by published_at limit ${limit}
      for update skip locked
    )
    returning id`;
  return rows.length;
}
