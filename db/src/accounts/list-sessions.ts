import type { Sql } from '../client.ts';

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
