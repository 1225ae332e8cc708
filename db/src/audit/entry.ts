import type { Sql } from '../client.ts';
import type { AuditRow } from '../schema/gateway.ts';

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

const document = (sql: Sql, value: unknown) => (value == null ? sql`null::jsonb` : sql.json(value as never));
