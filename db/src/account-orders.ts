import type { Sql } from './client.ts';
import { itemsOf, type OrderWithItems } from './orders/find.ts';

/**
 * A user's orders, newest first.
 * @param before the last order of the previous page; another user's order gives an empty page
 */
export async function listOwnOrders(
  sql: Sql,
  { userId, before, limit }: { userId: string; before: string | null; limit: number },
): Promise<OrderWithItems[]> {
  return sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o
    where user_id = ${userId}
      and (${before}::uuid is null
        or (created_at, id) < (select created_at, id from orders where id = ${before}::uuid and user_id = ${userId}))
    order by created_at desc, id desc
    limit ${limit}`;
}

/**
 * Guest orders with exactly the user's address. Anybody can type an address, so an order joins the account only when
 * the owner confirms it, one by one. An address that is not verified has none.
 */
const ofUser = (sql: Sql, userId: string) => sql`
  o.user_id is null and lower(o.email) = (select email from users where id = ${userId} and email_verified)`;

/** Orders that the user has not yet accepted or rejected, newest first. */
export async function listGuestOrders(
  sql: Sql,
  { userId, limit }: { userId: string; limit: number },
): Promise<OrderWithItems[]> {
  return sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o
    where ${ofUser(sql, userId)} and o.disowned_by is distinct from ${userId}
    order by o.created_at desc, o.id desc limit ${limit}`;
}

/** @returns how many of these orders now belong to the user */
export async function adoptGuestOrders(
  sql: Sql,
  { userId, orderIds }: { userId: string; orderIds: string[] },
): Promise<number> {
  const adopted = await sql`
    update orders o set user_id = ${userId}, disowned_by = null
    where o.id = any(${orderIds}::uuid[]) and ${ofUser(sql, userId)}`;
  return adopted.count;
}

/** The user is not asked about them again. @returns how many there were */
export async function disownGuestOrders(
  sql: Sql,
  { userId, orderIds }: { userId: string; orderIds: string[] },
): Promise<number> {
  const disowned = await sql`
    update orders o set disowned_by = ${userId}
    where o.id = any(${orderIds}::uuid[]) and ${ofUser(sql, userId)}`;
  return disowned.count;
}
