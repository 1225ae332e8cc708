import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import type { Webhook } from './schema/webhooks.ts';

export type NewWebhook = Omit<Webhook, 'created_at'>;

/** Stores a webhook, with its audit entry. @returns undefined if there are already `most` */
export async function insertWebhook(
  sql: Sql,
  webhook: NewWebhook,
  most: number,
  entry: AuditEntry,
): Promise<Webhook | undefined> {
  const [created] = await sql<Webhook[]>`
    with changed as (
      insert into webhooks (id, url, events, backlog_threshold, secret_encrypted, created_by, created_at)
      select ${webhook.id}, ${webhook.url}, ${webhook.events}::text[], ${webhook.backlog_threshold}::int,
        ${webhook.secret_encrypted}, ${webhook.created_by}, ${entry.at}::timestamptz
      where (select count(*) from webhooks) < ${most}
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return created;
}

export type ListedWebhook = Omit<Webhook, 'secret_encrypted'>;

/** All webhooks, oldest first, without their secrets. */
export async function listWebhooks(sql: Sql): Promise<ListedWebhook[]> {
  return await sql<ListedWebhook[]>`
    select id, url, events, backlog_threshold, created_at, created_by from webhooks order by created_at, id`;
}

/** Deletes a webhook and its pending deliveries. @returns whether it existed */
export async function deleteWebhook(sql: Sql, id: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from webhooks where id = ${id} returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
