import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { AuditRow } from './schema/gateway.ts';

/** One change by an operator. `before` and `after` are documents that show the difference. */
export type AuditEntry = Omit<AuditRow, 'id'>;

/** CTE `audited`: writes the entry if CTE `changed` has a row, in the same statement as the change. */
export const auditChange = (sql: Sql, entry: AuditEntry) => sql`
  audited as (
    insert into audit (at, actor, role, action, target, before, after, request_id)
    select
      ${entry.at}::timestamptz, ${entry.actor}, ${entry.role}, ${entry.action}, ${entry.target},
      ${document(sql, entry.before)}, ${document(sql, entry.after)}, ${entry.request_id}
    from changed
  )`;

const document = (sql: Sql, value: unknown) => (value == null ? sql`null::jsonb` : json(sql, value));

/** Writes an entry for a change that is made outside of Postgres. */
export async function appendAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql`with changed as (select 1), ${auditChange(sql, entry)} select 1`;
}

/** Changes, newest first; `before` is the id of the last row of the previous page. */
export async function listAudit(
  sql: Sql,
  { target, before, limit }: { target?: string; before?: number; limit: number },
): Promise<AuditRow[]> {
  return await sql<AuditRow[]>`
    select * from audit
    where ${target === undefined ? sql`true` : sql`target = ${target}`}
      and ${before === undefined ? sql`true` : sql`id < ${before}`}
    order by id desc limit ${limit}`;
}
