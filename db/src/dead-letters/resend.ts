import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

export type ResendResult = 'resent' | 'resent_before' | 'unknown';

/**
 * Writes a dead letter to the outbox again, once, as a new job. If that job fails, it becomes a new dead letter.
 * @param entry audit entry, written only when this call resent the letter
 */
export async function resendDeadLetter(
  sql: Sql,
  { id, now }: { id: number; now: Date },
  entry?: AuditEntry,
): Promise<ResendResult> {
  const [row] = await sql<{ resent: boolean; known: boolean }[]>`
    with changed as (
      update dead_letters set resent_at = ${now} where id = ${id} and resent_at is null returning *
    ), job as (
      insert into outbox (queue, name, payload, created_at)
      select queue, name, payload, ${now} from changed
    )${entry ? sql`, ${auditChange(sql, entry)}` : sql``}
    select exists (select from changed) as resent,
      exists (select from dead_letters where id = ${id}) as known`;
  if (row?.resent) return 'resent';
  return row?.known ? 'resent_before' : 'unknown';
}
