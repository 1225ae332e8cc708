import type { Sql } from '../client.ts';
import type { RoomCalls } from '../schema/gateway.ts';

/** Saves a room's last calls as a gateway knows them. Of several gateways, the most complete record stays. */
export async function saveRoomCalls(sql: Sql, calls: RoomCalls): Promise<void> {
  const { room_id, epoch, known_at } = calls;
  await sql`
    insert into room_calls (room_id, epoch, known_at, log)
    select id, ${epoch}::int, ${known_at}::bigint, ${sql.json(calls.log as never)} from rooms
    where id = ${room_id} and epoch = ${epoch}::int
    on conflict (room_id) do update
    set epoch = excluded.epoch, known_at = excluded.known_at, log = excluded.log
    where (room_calls.epoch, room_calls.known_at) < (excluded.epoch, excluded.known_at)`;
}
