import type { Sql } from '../client.ts';
import { itemsOf, type OrderWithItems } from '../orders/items.ts';

/**
 * Orders that were placed as a guest with exactly the user's address. Anybody can type an address, so they become the
 * account's only when its owner says so, one by one. An address that is not verified has none.
 */
const ofUser = (sql: Sql, userId: string) => sql`
  o.user_id is null and lower(o.email) = (select email from users where id = ${userId} and email_verified)`;

/** Those that the user has not answered for yet, the newest first. */
export async function listGuestOrders(
  sql: Sql,
  { userId, limit }: { userId: string; limit: number },
): Promise<OrderWithItems[]> {
  return sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o
    where ${ofUser(sql, userId)} and o.disowned_by is distinct from ${userId}
    order by o.created_at desc, o.id desc limit ${limit}`;
}

/** @returns how many of these orders are the user's since now */
export async function adoptGuestOrders(
  sql: Sql,
  { userId, orderIds }: { userId: string; orderIds: string[] },
): Promise<number> {
  const adopted = await sql`
    update orders o set user_id = ${userId}, disowned_by = null
    where o.id = any(${orderIds}::uuid[]) and ${ofUser(sql, userId)}`;
  return adopted.count;
}

/** They are not asked about again. @returns how many there were */
export async function disownGuestOrders(
  sql: Sql,
  { userId, orderIds }: { userId: string; orderIds: string[] },
): Promise<number> {
  const disowned = await sql`
    update orders o set disowned_by = ${userId}
    where o.id = any(${orderIds}::uuid[]) and ${ofUser(sql, userId)}`;
  return disowned.count;
}
