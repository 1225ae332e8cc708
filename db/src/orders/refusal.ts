import type { Sql } from '../client.ts';
import type { StoredRoomState } from '../schema/gateway.ts';
import { itemsOf, type OrderWithItems } from './find.ts';

/**
 * SQL condition on a row of `rooms`: its reservations may buy. Admitted shoppers keep their turn while the room is
 * paused or drains. Nobody buys before a room opens, after it closed, or in a rehearsal.
 */
export const roomSells = (sql: Sql) => sql`
  (state in ('open', 'paused', 'draining') and not coalesce((settings->>'rehearsal')::boolean, false))`;

export type Refusal =
  /** The order that the token has already bought. */
  | { outcome: 'duplicate'; order: OrderWithItems }
  /** The token was revoked or given back before this purchase started. */
  | { outcome: 'revoked' }
  /** The token's room was deleted, reset or created again since. */
  | { outcome: 'generation_ended' }
  /** The room is of the right generation, but does not sell in its current state. */
  | { outcome: 'room_not_selling'; state: StoredRoomState; rehearsal: boolean }
  | { outcome: 'not_on_sale'; productId: string; startsAt: Date | null; endsAt: Date | null }
  /** A price differs from the one that tax and shipping were computed for: compute them again. */
  | { outcome: 'price_changed'; productId: string }
  | { outcome: 'sold_out'; productId: string };

type RoomNow = { room_state: StoredRoomState | null; room_sells: boolean; rehearsal: boolean };

type Obstacle = {
  at_product: string;
  obstacle: 'not_on_sale' | 'price_changed' | 'sold_out' | null;
  starts_at: Date | null;
  ends_at: Date | null;
};

type AttemptedItem = { productId: string; quantity: number; quotedPrice: number | null };
/** The part of a purchase that can be a reason to refuse it. */
export type Attempt = {
  items: readonly [AttemptedItem, ...AttemptedItem[]];
  jti: string;
  room: string;
  epoch: number;
  now: Date;
};

/** Finds out why a purchase took no units, from the current state: the first item that prevents it. */
export async function refusalReason(sql: Sql, { items, jti, now, room, epoch }: Attempt): Promise<Refusal> {
  const [row] = await sql<(OrderWithItems & { revoked: boolean } & RoomNow & Obstacle)[]>`
    select o.*, case when o.id is not null then ${itemsOf(sql)} end as items, r.jti is not null as revoked,
      room.state as room_state, room.sells as room_sells, room.rehearsal, w.at_product, w.obstacle, w.starts_at, w.ends_at
    from (select ${jti}::text as jti) as token
      left join orders o on o.jti = token.jti
      left join revoked_tokens r on r.jti = token.jti
      left join (
        select state, ${roomSells(sql)} as sells, coalesce((settings->>'rehearsal')::boolean, false) as rehearsal
        from rooms where id = ${room} and epoch = ${epoch}::int
      ) as room on true
      cross join lateral (select * from (
        select w.position, w.product_id as at_product, p.sale_starts_at as starts_at, p.sale_ends_at as ends_at,
          case
            when p.sale_starts_at > ${now}::timestamptz or p.sale_ends_at <= ${now}::timestamptz then 'not_on_sale'
            when w.quoted_price <> p.price then 'price_changed'
            when i.available >= w.quantity then null
            else 'sold_out'
          end as obstacle
        from unnest(
            ${items.map((item) => item.productId)}::text[], ${items.map((item) => item.quantity)}::int[],
            ${items.map((item) => item.quotedPrice)}::int[]
          ) with ordinality as w (product_id, quantity, quoted_price, position)
          left join products p on p.id = w.product_id and p.room_id = ${room}
          left join inventory i on i.product_id = p.id
        ) as w
        order by obstacle is null, position
        limit 1
      ) as w`;
  if (!row) throw new Error('a purchase has an item');
  const { revoked, room_state: state, room_sells, rehearsal, ...rest } = row;
  const { at_product: productId, obstacle, starts_at, ends_at, ...order } = rest;
  if (order.id !== null) return { outcome: 'duplicate', order };
  if (revoked) return { outcome: 'revoked' };
  if (state === null) return { outcome: 'generation_ended' };
  if (!room_sells) return { outcome: 'room_not_selling', state, rehearsal };
  if (obstacle === 'not_on_sale')
    return { outcome: obstacle, productId, startsAt: starts_at, endsAt: ends_at };
  // The obstacle is gone: units became available after the purchase had failed.
  return { outcome: obstacle ?? 'sold_out', productId };
}

/** A purchase to check: a token, and a quantity of one product of a room. */
export type SoldOutQuery = { jti: string; room: string; epoch: number; productId: string; quantity: number };

/**
 * Checks many purchases at once for the plain answer "sold out": the product is on sale in their room and has too few
 * units left; the token belongs to the room's generation, has bought nothing and is not revoked. It takes and locks
 * nothing. Tokens are looked up one by one in their index, because for a join Postgres may scan all orders.
 * @returns one result per query, in order; false: only the purchase itself can tell
 */
export async function soldOutPrecheck(
  sql: Sql,
  queries: readonly SoldOutQuery[],
  now: Date,
): Promise<boolean[]> {
  const rows = await sql<{ sold_out: boolean }[]>`
    select coalesce(
        i.available < w.quantity
        and (p.sale_starts_at is null or p.sale_starts_at <= ${now}::timestamptz)
        and (p.sale_ends_at is null or p.sale_ends_at > ${now}::timestamptz)
        and (select o.jti from orders o where o.jti = w.jti) is null
        and (select r.jti from revoked_tokens r where r.jti = w.jti) is null
        and exists (select from rooms where id = w.room and epoch = w.epoch and ${roomSells(sql)}), false) as sold_out
    from unnest(
        ${queries.map((query) => query.jti)}::text[], ${queries.map((query) => query.room)}::text[],
        ${queries.map((query) => query.epoch)}::int[],
        ${queries.map((query) => query.productId)}::text[], ${queries.map((query) => query.quantity)}::int[]
      ) with ordinality as w (jti, room, epoch, product_id, quantity, position)
      left join products p on p.id = w.product_id and p.room_id = w.room
      left join inventory i on i.product_id = p.id
    order by w.position`;
  return rows.map((row) => row.sold_out);
}
