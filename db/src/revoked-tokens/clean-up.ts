import type { Sql } from '../client.ts';

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
