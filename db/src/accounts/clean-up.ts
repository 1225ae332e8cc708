import type { Sql } from '../client.ts';

/** Deletes expired sessions and links, and accounts unverified since `unverifiedBefore`; at most `limit` of each. */
export async function cleanUpAccounts(
  sql: Sql,
  { now, unverifiedBefore, limit }: { now: Date; unverifiedBefore: Date; limit: number },
): Promise<void> {
  await sql`
    delete from sessions where id in (select id from sessions where expires_at < ${now} limit ${limit})`;
  await sql`
    delete from verifications where id in (select id from verifications where expires_at < ${now} limit ${limit})`;
  await sql`
    delete from users where id in (
      select id from users where not email_verified and created_at < ${unverifiedBefore} limit ${limit}
    )`;
}
