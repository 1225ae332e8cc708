import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { RoomSample } from './schema/timeline.ts';

/**
 * Saves a second of several rooms, in one statement. The first gateway to save a second wins: samples hold cumulative
 * counts, so a second one adds nothing. A room that no longer exists is skipped.
 */
export async function saveSeconds(sql: Sql, samples: RoomSample[]): Promise<void> {
  if (samples.length === 0) return;
  await sql`
    insert into room_seconds (room, at, seen_ms, generation, waiting, active, serving, issued, joined, called, dropped,
      remaining, held, sold)
    select room, at, seen_ms, generation, waiting, active, sample.serving, issued, joined, called, dropped,
      sample.remaining, sample.held, sample.sold
    from jsonb_populate_recordset(null::room_seconds, ${json(sql, samples)}) sample
    join rooms on rooms.id = sample.room
    on conflict (room, at) do nothing`;
}

/** Stores the last second of each minute since `since` as that minute's sample. Repeating it writes only newer ones. */
export async function rollUpMinutes(sql: Sql, since: Date): Promise<void> {
  await sql`
    insert into room_minutes (room, at, seen_ms, generation, waiting, active, serving, issued, joined, called, dropped,
      remaining, held, sold)
    select distinct on (room, date_trunc('minute', at))
      room, date_trunc('minute', at), seen_ms, generation, waiting, active, serving, issued, joined, called, dropped,
      remaining, held, sold
    from room_seconds
    where at >= date_trunc('minute', ${since}::timestamptz)
    order by room, date_trunc('minute', at), at desc
    on conflict (room, at) do update set
      seen_ms = excluded.seen_ms, generation = excluded.generation, waiting = excluded.waiting,
      active = excluded.active, serving = excluded.serving, issued = excluded.issued, joined = excluded.joined,
      called = excluded.called, dropped = excluded.dropped, remaining = excluded.remaining, held = excluded.held,
      sold = excluded.sold
    where excluded.seen_ms > room_minutes.seen_ms`;
}

/** One step of a room's history: the figures of its last sample, and the changes within it. */
export type TimelinePoint = {
  at: Date;
  waiting: number;
  active: number;
  serving: number;
  issued: number;
  calls: number;
  joins: number;
  drop_outs: number;
  remaining: number | null;
  held: number | null;
  sold: number | null;
};

/**
 * A room's history in steps, oldest first; steps without a sample are left out. Counts are differences between samples.
 * When a new generation starts to count from zero, its count is the difference. A count that started before the oldest
 * sample is unknown.
 * @param range `from` inclusive, `to` exclusive, `step` in seconds; steps begin at multiples of it since 1970
 * @param resolution which samples to read
 */
export async function readTimeline(
  sql: Sql,
  room: string,
  range: { from: Date; to: Date; step: number },
  resolution: 'second' | 'minute',
): Promise<TimelinePoint[]> {
  const samples = resolution === 'second' ? sql`room_seconds` : sql`room_minutes`;
  return await sql<TimelinePoint[]>`
    with samples as (
      select *, lag(joined) over w as joined_before, lag(called) over w as called_before,
        lag(dropped) over w as dropped_before, case
          when lag(generation) over w = generation then 'continued'
          when lag(generation) over w is not null or generation >= ${range.from.getTime()}::bigint then 'began'
          else 'unknown' end as counting
      from ${samples}
      where room = ${room} and at < ${range.to} and at >= coalesce(
        (select max(at) from ${samples} where room = ${room} and at < ${range.from}), ${range.from})
      window w as (order by at)
    ), steps as (
      select *, to_timestamp(floor(extract(epoch from at) / ${range.step}::int) * ${range.step}::int) as step,
        joined - case counting when 'continued' then joined_before when 'began' then 0 else joined end as joins,
        called - case counting when 'continued' then called_before when 'began' then 0 else called end as calls,
        dropped - case counting when 'continued' then dropped_before when 'began' then 0 else dropped end as drop_outs
      from samples where at >= ${range.from}
    )
    select step as at,
      (array_agg(waiting order by at desc))[1] as waiting, (array_agg(active order by at desc))[1] as active,
      (array_agg(serving order by at desc))[1] as serving, (array_agg(issued order by at desc))[1] as issued,
      sum(greatest(calls, 0))::bigint as calls, sum(greatest(joins, 0))::bigint as joins,
      sum(greatest(drop_outs, 0))::bigint as drop_outs,
      (array_agg(remaining order by at desc))[1] as remaining, (array_agg(held order by at desc))[1] as held,
      (array_agg(sold order by at desc))[1] as sold
    from steps group by step order by step`;
}

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
