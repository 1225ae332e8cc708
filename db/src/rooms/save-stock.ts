import type { StockSignal } from '@shopfast/kit/contracts/api';
import type { Sql } from '../client.ts';

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
