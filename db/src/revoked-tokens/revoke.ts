import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/**
 * Revokes a reservation token for every purchase that starts after this has returned. One statement. The audit entry is
 * written with the first revocation; repeating it changes nothing.
 * @param entry of the operator's change; null when the holder gave the token back
 */
export async function revokeToken(
  sql: Sql,
  token: { jti: string; room: string; at: Date },
  entry: AuditEntry | null,
): Promise<void> {
  await sql`
    with changed as (
      insert into revoked_tokens (jti, room, revoked_at) values (${token.jti}, ${token.room}, ${token.at})
      on conflict (jti) do nothing
      returning jti
    ) ${entry ? sql`, ${auditChange(sql, entry)}` : sql``}
    select from changed`;
}
