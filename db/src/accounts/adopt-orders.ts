import type { Sql } from '../client.ts';

/**
 * Gives a user the orders that were placed as a guest with exactly the user's address. Asks the database itself whether the
 * address is verified: whoever only claims an address gets nothing.
 * @returns how many orders were adopted
 */
export async function adoptOrders(sql: Sql, userId: string): Promise<number> {
  const adopted = await sql`
    update orders o set user_id = u.id
    from users u
    where u.id = ${userId} and u.email_verified and o.user_id is null and lower(o.email) = u.email`;
  return adopted.count;
}
