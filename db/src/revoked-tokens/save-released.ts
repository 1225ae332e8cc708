import type { Sql } from '../client.ts';

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
