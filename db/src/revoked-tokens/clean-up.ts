import type { Sql } from '../client.ts';

/**
 * Forgets at most `limit` revocations that can refuse nothing any more: those of rooms that are gone or were reset since,
 * made `before`; and those of any room made `longBefore`. A ticket has one jti for ever (`room.epoch.ticket`), and a Redis
 * that lost everything may call it again, so the end of one token alone is not enough while its epoch lasts.
 * @returns how many went
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
 * Forgets at most `limit` tokens that a shop of one's own has spent `before`: they have run out. Should a Redis that lost
 * everything call such a ticket again, its holder gets one more turn.
 * @returns how many went
 */
export async function cleanUpReleased(sql: Sql, bounds: { before: Date; limit: number }): Promise<number> {
  const rows = await sql`
    delete from released_tokens where jti = any(array(
      select jti from released_tokens where released_at < ${bounds.before} limit ${bounds.limit}))
    returning 1`;
  return rows.length;
}
