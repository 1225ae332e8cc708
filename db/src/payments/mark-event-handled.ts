import type { Sql } from '../client.ts';

export async function markPaymentEventHandled(
  sql: Sql,
  { id, now }: { id: string; now: Date },
): Promise<void> {
  await sql`update payment_events set handled_at = ${now} where id = ${id} and handled_at is null`;
}
