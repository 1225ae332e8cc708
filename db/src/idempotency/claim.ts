import type { RequestKey } from '@shopfast/kit/admin/idempotency';
import type { Sql } from '../client.ts';
import type { IdempotentRequest } from '../schema/idempotency.ts';

/**
 * Takes a key for a request that is to be made now. A key is free again after a day, or, for the same request, when
 * whoever was at it has not answered in time. A few forgotten keys of others go on the way.
 * @returns undefined when the key is ours now, else what is known of it
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
  // Given back between the two statements: the next try finds it free.
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
