import type { Sql } from '../client.ts';
import type { PaymentState } from '../schema/orders.ts';
import { OPEN_PAYMENTS } from '../schema/values.ts';

/** Unpaid orders whose hold expired before `since`, oldest first: their expiry job was lost or is late. */
export async function overdueHolds(
  sql: Sql,
  { since, limit }: { since: Date; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from orders
    where state = 'pending_payment' and hold_until < ${since}
    order by hold_until limit ${limit}`;
  return rows.map((row) => row.id);
}

export type StalePayment = { order_id: string; provider_id: string | null; state: PaymentState };

/**
 * Open payments without news since `since`, the oldest first. They are marked as checked now, so that several sweepers
 * share them, and one payment without news does not block the others.
 */
export async function takeStalePayments(
  sql: Sql,
  { since, now, limit }: { since: Date; now: Date; limit: number },
): Promise<StalePayment[]> {
  return await sql<StalePayment[]>`
    update payments set updated_at = ${now}
    where order_id in (
      select order_id from payments
      where state in ${sql(OPEN_PAYMENTS)} and updated_at < ${since}
      order by updated_at limit ${limit}
      for no key update skip locked
    )
    returning order_id, provider_id, state`;
}
