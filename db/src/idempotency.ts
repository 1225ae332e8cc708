import type { AnswerStore, RequestKey } from '@shopfast/kit/admin/idempotency';
import type { Sql } from './client.ts';
import type { IdempotentRequest } from './schema/gateway.ts';

/** Stores answers of admin calls in Postgres. */
export const answerStore = (sql: Sql): AnswerStore => ({
  claim: (key, request) => claimKey(sql, key, request),
  keep: (key, answer) => storeAnswer(sql, key, answer),
  release: (key) => releaseKey(sql, key),
});

/**
 * Claims a key for the current request. A key is free again after a day. The same request may claim it sooner, when the
 * first attempt has not answered in time. Each call also deletes a few expired keys.
 * @returns undefined when the claim succeeded, else what is stored for the key
 */
export async function claimKey(
  sql: Sql,
  { actor, key }: RequestKey,
  request: { hash: string; now: Date; lockedUntil: Date; forgetBefore: Date },
): Promise<IdempotentRequest | undefined> {
  const taken = await sql`
    with forgotten as (
      delete from idempotent_requests where ctid = any(array(
        select ctid from idempotent_requests
        where created_at < ${request.forgetBefore} and (actor, key) <> (${actor}::uuid, ${key}) limit 20))
    )
    insert into idempotent_requests (actor, key, request_hash, created_at, locked_until)
    values (${actor}, ${key}, ${request.hash}, ${request.now}, ${request.lockedUntil})
    on conflict (actor, key) do update set
      request_hash = excluded.request_hash, created_at = excluded.created_at, locked_until = excluded.locked_until,
      status = null, answer_encrypted = null
    where idempotent_requests.created_at < ${request.forgetBefore} or (idempotent_requests.status is null
      and idempotent_requests.locked_until < ${request.now} and idempotent_requests.request_hash = excluded.request_hash)
    returning 1`;
  if (taken.length === 1) return undefined;
  const [known] = await sql<IdempotentRequest[]>`
    select * from idempotent_requests where actor = ${actor} and key = ${key}`;
  // The key was released between the two statements: the next try finds it free.
  return (
    known ?? {
      actor,
      key,
      request_hash: request.hash,
      created_at: request.now,
      locked_until: request.now,
      status: null,
      answer_encrypted: null,
    }
  );
}

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
