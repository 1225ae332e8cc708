import type { StockSignal } from '@shopfast/kit/contracts/api';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { Room, RoomCalls } from './schema/gateway.ts';

/** High-water marks of a room of one epoch: the highest number given and the highest called, in both lines. */
export type RoomMarks = {
  room: string;
  epoch: number;
  high_number: number;
  serving: number;
  priority_high_number: number;
  priority_serving: number;
};

/**
 * Saves the high-water marks of rooms, in one statement; they never decrease. A process that still counts in an older
 * epoch is ignored. Rows are locked in order, so that gateways that save the same rooms wait for each other.
 */
export async function saveMarks(sql: Sql, marks: RoomMarks[]): Promise<void> {
  if (marks.length === 0) return;
  await sql`
    with news as (
      select * from jsonb_to_recordset(${json(sql, marks)}) as news(room text, epoch int, high_number bigint,
        serving bigint, priority_high_number bigint, priority_serving bigint)
    ), behind as (
      select rooms.id from rooms join news on news.room = rooms.id and news.epoch = rooms.epoch
      where rooms.high_number < news.high_number or rooms.serving < news.serving
        or rooms.priority_high_number < news.priority_high_number or rooms.priority_serving < news.priority_serving
      order by rooms.id for update of rooms
    )
    update rooms
    set high_number = greatest(rooms.high_number, news.high_number),
      serving = greatest(rooms.serving, news.serving),
      priority_high_number = greatest(rooms.priority_high_number, news.priority_high_number),
      priority_serving = greatest(rooms.priority_serving, news.priority_serving)
    from news join behind on behind.id = news.room
    where rooms.id = news.room and rooms.epoch = news.epoch`;
}

/**
 * Saves the shop's stock signal. One without a version always counts. The figure that makes a room sold out also
 * enqueues the webhook event, in the same statement. The row is locked first, so that exactly one of several concurrent
 * figures does it.
 * @returns false if a newer figure is known (or the room is not)
 */
export async function saveStock(sql: Sql, room: string, stock: StockSignal, at: Date): Promise<boolean> {
  const version = stock.version ?? null;
  const rows = await sql`
    with before as (
      select id, coalesce(remaining = 0 and held = 0, false) as sold_out from rooms where id = ${room} for update
    ), changed as (
      update rooms
      set remaining = ${stock.remaining}, held = ${stock.held}, sold = ${stock.sold},
        stock_version = coalesce(${version}::bigint, stock_version)
      from before
      where rooms.id = before.id
        and (${version}::bigint is null or stock_version is null or stock_version < ${version}::bigint)
      returning rooms.*, before.sold_out
    ), webhook_events as (
      insert into webhook_deliveries (webhook_id, room, event, cause, data, created_at, next_attempt_at)
      select webhooks.id, changed.id, 'room.sold_out',
        'room.sold_out:' || changed.id || ':' || coalesce(${version}::bigint::text, gen_random_uuid()::text),
        jsonb_build_object('sold', changed.sold,
          'rehearsal', coalesce((changed.settings->>'rehearsal')::boolean, false)),
        ${at}::timestamptz, ${at}::timestamptz
      from changed join webhooks on 'room.sold_out' = any(webhooks.events)
      where changed.remaining = 0 and changed.held = 0 and not changed.sold_out
      on conflict (webhook_id, cause) do nothing
    )
    select id from changed`;
  return rows.length === 1;
}

/**
 * Saves how many tickets a lottery was drawn for, once per epoch. A second call changes nothing.
 * @returns the updated room, or undefined if the draw was saved before (or the room does not exist)
 */
export async function saveDraw(
  sql: Sql,
  draw: { room: string; epoch: number; size: number },
): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`
    update rooms set lottery_size = ${draw.size}
    where id = ${draw.room} and epoch = ${draw.epoch} and lottery_size is null
    returning *`;
  return room;
}

/** The saved calls of a room's current epoch. */
export async function findRoomCalls(
  sql: Sql,
  room: { id: string; epoch: number },
): Promise<RoomCalls | undefined> {
  const [calls] = await sql<RoomCalls[]>`
    select * from room_calls where room_id = ${room.id} and epoch = ${room.epoch}`;
  return calls;
}

/** Saves the last calls of rooms as a gateway knows them, in one statement. Of several gateways, the most complete record stays. */
export async function saveRoomCalls(sql: Sql, calls: RoomCalls[]): Promise<void> {
  if (calls.length === 0) return;
  await sql`
    insert into room_calls (room_id, epoch, known_at, log)
    select rooms.id, news.epoch, news.known_at, news.log
    from jsonb_populate_recordset(null::room_calls, ${json(sql, calls)}) news
    join rooms on rooms.id = news.room_id and rooms.epoch = news.epoch
    order by rooms.id
    on conflict (room_id) do update
    set epoch = excluded.epoch, known_at = excluded.known_at, log = excluded.log
    where (room_calls.epoch, room_calls.known_at) < (excluded.epoch, excluded.known_at)`;
}
