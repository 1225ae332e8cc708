import type { PostalAddress } from '@shopfast/kit/contracts/accounts';
import type { Sql } from './client.ts';
import { json } from './json.ts';

/** The user has proved that they can read mails to the account's address. */
export async function markEmailVerified(
  sql: Sql,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  await sql`update users set email_verified = true, updated_at = ${now} where id = ${userId} and not email_verified`;
}

export async function renameUser(
  sql: Sql,
  { userId, name, now }: { userId: string; name: string; now: Date },
): Promise<void> {
  await sql`update users set name = ${name}, updated_at = ${now} where id = ${userId}`;
}

/**
 * Erases an account: profile, password, sessions, addresses, mails and open links, in one statement. Its orders stay
 * for accounting, without a link to the person (see docs/accounts.md).
 */
export async function eraseAccount(sql: Sql, userId: string): Promise<void> {
  await sql`
    with links as (delete from verifications where value = ${userId})
    delete from users where id = ${userId}`;
}

export async function readAddresses(sql: Sql, userId: string): Promise<PostalAddress[]> {
  const [book] = await sql<{ addresses: PostalAddress[] }[]>`
    select addresses from address_books where user_id = ${userId}`;
  return book?.addresses ?? [];
}

export async function replaceAddresses(
  sql: Sql,
  { userId, addresses, now }: { userId: string; addresses: PostalAddress[]; now: Date },
): Promise<void> {
  await sql`
    insert into address_books (user_id, addresses, updated_at)
    values (${userId}, ${json(sql, addresses)}, ${now})
    on conflict (user_id) do update set addresses = excluded.addresses, updated_at = excluded.updated_at`;
}

export type OwnSession = {
  id: string;
  user_agent: string | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
};

/** A user's active sessions, latest first. */
export async function listSessions(
  sql: Sql,
  { userId, now, limit }: { userId: string; now: Date; limit: number },
): Promise<OwnSession[]> {
  return sql<OwnSession[]>`
    select id, user_agent, created_at, updated_at, expires_at from sessions
    where user_id = ${userId} and expires_at > ${now}
    order by created_at desc, id desc
    limit ${limit}`;
}

/** @returns whether the user had such a session */
export async function endSession(
  sql: Sql,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> {
  const ended = await sql`delete from sessions where id = ${sessionId} and user_id = ${userId} returning id`;
  return ended.length > 0;
}

/** Ends all sessions of a user but one. */
export async function endOtherSessions(
  sql: Sql,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  await sql`delete from sessions where user_id = ${userId} and id <> ${sessionId}`;
}

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
