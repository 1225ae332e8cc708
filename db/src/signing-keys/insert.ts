import type { Sql } from '../client.ts';
import type { SigningKey } from '../schema/gateway.ts';

export type NewSigningKey = Pick<SigningKey, 'kid' | 'public_jwk' | 'private_jwk_encrypted' | 'signs_from'>;

/** Stores a signing key. An existing key with the same `kid` stays unchanged. */
export async function insertSigningKey(sql: Sql, key: NewSigningKey): Promise<void> {
  await sql`
    insert into signing_keys (kid, public_jwk, private_jwk_encrypted, signs_from)
    values (${key.kid}, ${sql.json(key.public_jwk as never)}, ${key.private_jwk_encrypted}, ${key.signs_from})
    on conflict (kid) do nothing`;
}
