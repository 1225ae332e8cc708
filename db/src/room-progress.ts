import type { StockSignal } from '@shopfast/kit/contracts/api';
import type { Sql } from './client.ts';
import type { Room, RoomCalls } from './schema/gateway.ts';

/** High-water marks of one line: the highest number given, and the highest called. */
type Marks = { highNumber: number; serving: number };

const NONE: Marks = { highNumber: 0, serving: 0 };

/** Saves a room's high-water marks; they never decrease. A process that still counts in an older epoch is ignored. */
export async function saveMarks(
  sql: Sql,
  marks: Marks & { room: string; epoch: number; priority?: Marks },
): Promise<void> {
  const { priority = NONE } = marks;
  await sql`
    update rooms
    set high_number = greatest(high_number, ${marks.highNumber}::bigint),
      serving = greatest(serving, ${marks.serving}::bigint),
      priority_high_number = greatest(priority_high_number, ${priority.highNumber}::bigint),
      priority_serving = greatest(priority_serving, ${priority.serving}::bigint)
    where id = ${marks.room} and epoch = ${marks.epoch}
      and (high_number < ${marks.highNumber}::bigint or serving < ${marks.serving}::bigint
        or priority_high_number < ${priority.highNumber}::bigint or priority_serving < ${priority.serving}::bigint)`;
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
