import type { Sql } from '../client.ts';
import type { WebhookDelivery } from '../schema/webhooks.ts';

/** The deliveries of one webhook, newest first. */
export async function listDeliveries(sql: Sql, webhook: string, limit: number): Promise<WebhookDelivery[]> {
  return await sql<WebhookDelivery[]>`
    select * from webhook_deliveries where webhook_id = ${webhook} order by id desc limit ${limit}`;
}
