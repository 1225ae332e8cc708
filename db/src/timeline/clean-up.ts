import type { Sql } from '../client.ts';

/**
 * Deletes old samples, at most `limit` of each kind.
 * @returns how many were deleted; with `limit` or more there may be others
 */
export async function cleanUpTimeline(
  sql: Sql,
  bounds: { secondsBefore: Date; minutesBefore: Date; limit: number },
): Promise<number> {
  const [gone] = await sql<{ count: number }[]>`
    with seconds as (
      delete from room_seconds where ctid = any(array(
        select ctid from room_seconds where at < ${bounds.secondsBefore} order by at limit ${bounds.limit}))
      returning 1
    ), minutes as (
      delete from room_minutes where ctid = any(array(
        select ctid from room_minutes where at < ${bounds.minutesBefore} order by at limit ${bounds.limit}))
      returning 1
    )
    select (select count(*) from seconds) + (select count(*) from minutes) as count`;
  return gone?.count ?? 0;
}
