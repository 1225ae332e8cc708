import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/** Deletes a webhook and its pending deliveries. @returns whether it existed */
export async function deleteWebhook(sql: Sql, id: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from webhooks where id = ${id} returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
