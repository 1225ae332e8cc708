import type { Sql } from '../client.ts';

/** Minor units of `currency`. */
export type StoredPayment = {
  provider_id: string | null;
  amount: number;
  currency: string;
  /** Whether the money of `provider_id` was received at any time. */
  is_paid: boolean;
};

/**
 * The payment of an order, for comparison with the provider's data. Id (once known), amount and currency never change.
 */
export async function findStoredPayment(sql: Sql, orderId: string): Promise<StoredPayment | undefined> {
  const [payment] = await sql<StoredPayment[]>`
    select provider_id, amount, currency, state in ('succeeded', 'refund_pending', 'refunded') as is_paid
    from payments where order_id = ${orderId}`;
  return payment;
}

/** The order of a payment at the provider. Not indexed: only alarms need it, and they are rare. */
export async function findOrderOfPayment(sql: Sql, providerId: string): Promise<string | undefined> {
  const [payment] = await sql<{ order_id: string }[]>`
    select order_id from payments where provider_id = ${providerId}`;
  return payment?.order_id;
}
