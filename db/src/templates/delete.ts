import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/** @returns whether there was such a template */
export async function deleteTemplate(sql: Sql, name: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from room_templates where name = ${name} returning name
    ), ${auditChange(sql, entry)}
    select name from changed`;
  return rows.length === 1;
}
