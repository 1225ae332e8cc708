import type { Sql } from './client.ts';

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

export type PaymentAlarm = {
  kind: string;
  /** The job that an operator may send again. */
  name: string;
  payload: Record<string, string>;
  error: string;
  now: Date;
};

/**
 * Stores an alarm about money among the dead letters, one for each kind and job.
 * @returns whether it is new: found for the first time, or again after an operator had resent it
 */
export async function raisePaymentAlarm(sql: Sql, alarm: PaymentAlarm): Promise<boolean> {
  const rows = await sql`
    insert into dead_letters (queue, name, job_id, payload, error, attempts, failed_at)
    values (
      'payment', ${alarm.name}, ${['alarm', alarm.kind, alarm.payload.event_id ?? alarm.payload.order_id].join('-')},
      ${sql.json(alarm.payload)}, ${alarm.error}, 1, ${alarm.now}
    )
    on conflict (job_id) do update
    set error = excluded.error, failed_at = excluded.failed_at, resent_at = null
    where dead_letters.resent_at is not null or dead_letters.error <> excluded.error
    returning id`;
  return rows.length === 1;
}
