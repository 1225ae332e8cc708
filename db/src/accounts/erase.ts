import type { Sql } from '../client.ts';

/**
 * Erases an account: profile, password, sessions, addresses, mails and open links, in one statement. Its orders stay
 * for accounting, without a link to the person (see docs/accounts.md).
 */
export async function eraseAccount(sql: Sql, userId: string): Promise<void> {
  await sql`
    with links as (delete from verifications where value = ${userId})
    delete from users where id = ${userId}`;
}
