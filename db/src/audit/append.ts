import type { Sql } from '../client.ts';
import { type AuditEntry, auditChange } from './entry.ts';

/** Writes an entry for a change that is made outside of Postgres. */
export async function appendAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql`with changed as (select 1), ${auditChange(sql, entry)} select 1`;
}
