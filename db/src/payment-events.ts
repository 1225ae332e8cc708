import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { PaymentEvent } from './schema/orders.ts';

export type ReceivedEvent = { id: string; type: string; payload: Record<string, unknown>; receivedAt: Date };

/**
 * Stores a verified webhook event and the job that handles it, in one statement.
 * @returns false for an event that was stored before
 */
export async function storePaymentEvent(sql: Sql, event: ReceivedEvent): Promise<boolean> {
  const rows = await sql`
    with stored as (
      insert into payment_events (id, type, payload, received_at)
      values (${event.id}, ${event.type}, ${json(sql, event.payload)}, ${event.receivedAt})
      on conflict (id) do nothing
      returning id, received_at
    )
    insert into outbox (queue, name, payload, created_at)
    select 'payment', 'payment.event', jsonb_build_object('event_id', id), received_at from stored
    returning id`;
  return rows.length === 1;
}

export async function findPaymentEvent(sql: Sql, id: string): Promise<PaymentEvent | undefined> {
  const [event] = await sql<PaymentEvent[]>`select * from payment_events where id = ${id}`;
  return event;
}

export async function markPaymentEventHandled(
  sql: Sql,
  { id, now }: { id: string; now: Date },
): Promise<void> {
  await sql`update payment_events set handled_at = ${now} where id = ${id} and handled_at is null`;
}
