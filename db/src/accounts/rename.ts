import type { Sql } from '../client.ts';

export async function renameUser(
  sql: Sql,
  { userId, name, now }: { userId: string; name: string; now: Date },
): Promise<void> {
  await sql`update users set name = ${name}, updated_at = ${now} where id = ${userId}`;
}
