import type { Sql } from '../client.ts';

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
