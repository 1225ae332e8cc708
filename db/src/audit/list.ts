import type { Sql } from '../client.ts';
import type { AuditRow } from '../schema/gateway.ts';

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
