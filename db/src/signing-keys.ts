import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { SigningKey } from './schema/gateway.ts';

export type NewSigningKey = Pick<SigningKey, 'kid' | 'public_jwk' | 'private_jwk_encrypted' | 'signs_from'>;

/** Stores a signing key. An existing key with the same `kid` stays unchanged. */
export async function insertSigningKey(sql: Sql, key: NewSigningKey): Promise<void> {
  await sql`
    insert into signing_keys (kid, public_jwk, private_jwk_encrypted, signs_from)
    values (${key.kid}, ${json(sql, key.public_jwk)}, ${key.private_jwk_encrypted}, ${key.signs_from})
    on conflict (kid) do nothing`;
}

/** The keys that are not retired at `now`, oldest first. The newest with `signs_from` in the past signs. */
export async function listSigningKeys(sql: Sql, now: Date): Promise<SigningKey[]> {
  return await sql<SigningKey[]>`
    select * from signing_keys where retired_at is null or retired_at > ${now} order by signs_from, kid`;
}

/** From `at` on the key is no longer published. All tokens that it signed must have expired by then. */
export async function retireSigningKey(sql: Sql, { kid, at }: { kid: string; at: Date }): Promise<boolean> {
  const rows = await sql`
    update signing_keys set retired_at = ${at} where kid = ${kid} and retired_at is null returning kid`;
  return rows.length === 1;
}
