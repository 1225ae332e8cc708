import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';

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

export type ReleasedToken = { jti: string; room: string };

/**
 * Stores the tokens that an external shop has spent, except those that have an order here. Repeating it changes
 * nothing.
 */
export async function saveReleasedTokens(
  sql: Sql,
  tokens: readonly ReleasedToken[],
  at: Date,
): Promise<void> {
  await sql`
    insert into released_tokens (jti, room, released_at)
    select token.jti, token.room, ${at}::timestamptz
    from unnest(${tokens.map((one) => one.jti)}::text[], ${tokens.map((one) => one.room)}::text[]) as token (jti, room)
    where (select o.jti from orders o where o.jti = token.jti) is null
    on conflict (jti) do nothing`;
}

/**
 * Finds the reservation tokens that have ended: they bought, were revoked, were given back, or were spent in an
 * external shop. One statement, three index look-ups for each token.
 */
export async function findEndedTokens(sql: Sql, jtis: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ jti: string }[]>`
    select token.jti from unnest(${jtis}::text[]) as token (jti)
    where (select o.jti from orders o where o.jti = token.jti) is not null
      or (select r.jti from revoked_tokens r where r.jti = token.jti) is not null
      or (select f.jti from released_tokens f where f.jti = token.jti) is not null`;
  return new Set(rows.map((row) => row.jti));
}

/**
 * Deletes at most `limit` revocations that no longer have an effect: those made `before` for rooms that were deleted or
 * reset since, and those made `longBefore` for any room. A ticket always has the same jti (`room.epoch.ticket`), and a
 * Redis that lost all data may call it again. So the end of one token is not enough while its epoch lasts.
 * @returns how many were deleted
 */
export async function cleanUpRevocations(
  sql: Sql,
  bounds: { before: Date; longBefore: Date; limit: number },
): Promise<number> {
  const rows = await sql`
    delete from revoked_tokens where jti = any(array(
      select revoked.jti from revoked_tokens revoked left join rooms on rooms.id = revoked.room
      where revoked.revoked_at < ${bounds.before} and (
        rooms.id is null
        or revoked.revoked_at < ${bounds.longBefore}
        or rooms.epoch > case when revoked.jti ~ '^[^.]+[.][0-9]{1,9}[.]' then split_part(revoked.jti, '.', 2)::int else 0 end)
      limit ${bounds.limit}))
    returning 1`;
  return rows.length;
}

/**
 * Deletes at most `limit` tokens that an external shop spent `before`; they have expired. If a Redis that lost all data
 * calls such a ticket again, its holder gets one more turn.
 * @returns how many were deleted
 */
export async function cleanUpReleased(sql: Sql, bounds: { before: Date; limit: number }): Promise<number> {
  const rows = await sql`
    delete from released_tokens where jti = any(array(
      select jti from released_tokens where released_at < ${bounds.before} limit ${bounds.limit}))
    returning 1`;
  return rows.length;
}
