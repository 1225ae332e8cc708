import type { Sql } from '../client.ts';

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
