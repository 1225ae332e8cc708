import type { RequestKey } from '@shopfast/kit/admin/idempotency';
import type { Sql } from '../client.ts';

/** Stores the answer to a request. */
export async function storeAnswer(
  sql: Sql,
  { actor, key }: RequestKey,
  answer: { status: number; encrypted: string },
): Promise<void> {
  await sql`
    update idempotent_requests set status = ${answer.status}, answer_encrypted = ${answer.encrypted}
    where actor = ${actor} and key = ${key}`;
}

/** Releases a key: the request was refused, and a corrected one may use the key again. */
export async function releaseKey(sql: Sql, { actor, key }: RequestKey): Promise<void> {
  await sql`delete from idempotent_requests where actor = ${actor} and key = ${key} and status is null`;
}
