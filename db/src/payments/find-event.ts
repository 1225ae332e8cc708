import type { Sql } from '../client.ts';
import type { PaymentEvent } from '../schema/orders.ts';

export async function findPaymentEvent(sql: Sql, id: string): Promise<PaymentEvent | undefined> {
  const [event] = await sql<PaymentEvent[]>`select * from payment_events where id = ${id}`;
  return event;
}
