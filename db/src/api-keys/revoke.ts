import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/** @returns whether the key existed and was not revoked before */
export async function revokeApiKey(sql: Sql, id: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      update api_keys set revoked_at = ${entry.at} where id = ${id} and revoked_at is null returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
