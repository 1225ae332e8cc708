import type { Sql } from '../client.ts';
import type { RoomSample } from '../schema/timeline.ts';

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
    from jsonb_populate_recordset(null::room_seconds, ${sql.json(samples as never)}) sample
    join rooms on rooms.id = sample.room
    on conflict (room, at) do nothing`;
}
