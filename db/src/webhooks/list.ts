import type { Sql } from '../client.ts';
import type { Webhook } from '../schema/webhooks.ts';

export type ListedWebhook = Omit<Webhook, 'secret_encrypted'>;

/** All webhooks, oldest first, without their secrets. */
export async function listWebhooks(sql: Sql): Promise<ListedWebhook[]> {
  return await sql<ListedWebhook[]>`
    select id, url, events, backlog_threshold, created_at, created_by from webhooks order by created_at, id`;
}
