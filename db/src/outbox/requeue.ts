import type { Sql } from '../client.ts';

/**
 * Lets the relay publish jobs again that were published more than `lateMs` ago (a delayed job: were due then) and are
 * not done. A queue that still has the job ignores it by its id; a queue that was emptied, or lost its last second,
 * gets it again.
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
