import type { Sql } from '@shopfast/db/client';
import type { SigningKey } from '@shopfast/db/schema/gateway';
import {
  insertSigningKey,
  listSigningKeys,
  type NewSigningKey,
  retireSigningKey,
} from '@shopfast/db/signing-keys';
import { RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import { createSealer, type Sealer } from '@shopfast/kit/sealer';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';

/** The keys that sign reservation tokens. Stored in Postgres with encrypted private halves; shared by all gateways. */
export type Keyring = {
  /** The newest key that may already sign. */
  signing(): { kid: string; privateKey: CryptoKey };
  /** Public halves of every key whose tokens may still be valid, as a JWKS. */
  jwks(): { keys: JWK[] };
  /** Reads the keys again; after a failure the known ones stay in use. */
  refresh(): Promise<void>;
  /**
   * Publishes a new key now. It signs only after every verifier has had time to fetch it. The old keys stay until their
   * last token has expired.
   * @param longestTokenSeconds the longest life of a token in any room
   */
  rotate(longestTokenSeconds: number): Promise<Rotation>;
};

export type Rotation = { kid: string; signsFrom: Date; oldKeysUntil: Date };

/**
 * Verifiers cache a JWKS for ten minutes (jose) and fetch it again after 30 s at the earliest; plus a minute for clock
 * differences.
 */
const PUBLISHED_BEFORE_SIGNING_MS = 11 * 60_000;
const CLOCK_ALLOWANCE_MS = 60_000;

type LoadedKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK; signsFrom: number };

/** Loads the keys; creates the first one if there is none. */
export async function openKeyring(sql: Sql, encryptionSecret: string, now: () => number): Promise<Keyring> {
  const seal = createSealer(encryptionSecret, 'shopfast signing keys');
  let keys: LoadedKey[] = [];

  async function refresh(): Promise<void> {
    const rows = await listSigningKeys(sql, new Date(now()));
    const known = new Map(keys.map((key) => [key.kid, key]));
    keys = await Promise.all(rows.map(async (row) => known.get(row.kid) ?? (await load(row))));
  }

  async function load(row: SigningKey): Promise<LoadedKey> {
    const privateJwk: JWK = JSON.parse(seal.decrypt(row.private_jwk_encrypted));
    const privateKey = await importJWK(privateJwk, RESERVATION_TOKEN.alg);
    if (privateKey instanceof Uint8Array) throw new Error('a signing key is not an asymmetric key');
    return {
      kid: row.kid,
      privateKey,
      publicJwk: row.public_jwk,
      signsFrom: row.signs_from.getTime(),
    };
  }

  await refresh();
  if (keys.length === 0) {
    await insertSigningKey(sql, await generateKey(seal, now()));
    await refresh();
  }

  return {
    signing: () => {
      const due = keys.filter((key) => key.signsFrom <= now()).sort((a, b) => b.signsFrom - a.signsFrom);
      const [newest] = due;
      if (!newest) throw new Error('no signing key may sign now; check the table signing_keys');
      return newest;
    },
    jwks: () => ({ keys: keys.map((key) => key.publicJwk) }),
    refresh,
    rotate: async (longestTokenSeconds) => {
      const signsFrom = now() + PUBLISHED_BEFORE_SIGNING_MS;
      const oldKeysUntil = new Date(signsFrom + longestTokenSeconds * 1_000 + CLOCK_ALLOWANCE_MS);
      const old = keys.map((key) => key.kid);
      const fresh = await generateKey(seal, signsFrom);
      await insertSigningKey(sql, fresh);
      for (const kid of old) await retireSigningKey(sql, { kid, at: oldKeysUntil });
      await refresh();
      return { kid: fresh.kid, signsFrom: new Date(signsFrom), oldKeysUntil };
    },
  };
}

async function generateKey(seal: Sealer, signsFromMs: number): Promise<NewSigningKey> {
  const pair = await generateKeyPair(RESERVATION_TOKEN.alg, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateJwk = await exportJWK(pair.privateKey);
  return {
    kid,
    public_jwk: { ...publicJwk, kid, alg: RESERVATION_TOKEN.alg, use: 'sig' },
    private_jwk_encrypted: seal.encrypt(JSON.stringify(privateJwk)),
    signs_from: new Date(signsFromMs),
  };
}
