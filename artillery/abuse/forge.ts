import { createHmac, createPublicKey, generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { openKeyring } from '@shopfast/gateway/tokens/keyring';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { withLowS } from '@shopfast/kit/reservation/low-s';
import { z } from 'zod';
import { documentOf } from './answer.ts';
import type { World } from './world.ts';

export type Jwt = {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  parts: [string, string, string];
};

/** The parts of a compact JWT. */
export function readJwt(token: string): Jwt {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const [header, claims] = [head, payload].map((part) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()),
  );
  return { header, claims, parts: [head, payload, signature] };
}

export const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token with changed claims or header and the old signature. */
export function altered(token: string, change: { header?: object; claims?: object }): string {
  const { header, claims, parts } = readJwt(token);
  const head = change.header ? encode({ ...header, ...change.header }) : parts[0];
  const body = change.claims ? encode({ ...claims, ...change.claims }) : parts[1];
  return `${head}.${body}.${parts[2]}`;
}

/** A token with a changed signature. */
export function resigned(token: string, change: (signature: Buffer) => Buffer): string {
  const { parts } = readJwt(token);
  return `${parts[0]}.${parts[1]}.${change(Buffer.from(parts[2], 'base64url')).toString('base64url')}`;
}

/** Signs with the attacker's own key, ES256. */
export function ownSigned(token: string, header: object = {}): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const good = readJwt(token);
  const jwk = publicKey.export({ format: 'jwk' });
  const extra = 'jwk' in header ? { ...header, jwk } : header;
  return signEs256(privateKey, { ...good.header, ...extra }, good.claims);
}

export function signEs256(key: KeyObject, header: object, claims: object | string): string {
  const text = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  // As the gateway signs: what is refused is refused for its claims.
  return withLowS(`${text}.${signature.toString('base64url')}`);
}

/** HMAC with a public value, hoping that the verifier uses it as key. */
export function hmacSigned(token: string, secret: string | Buffer, alg = 'HS256'): string {
  const { header, claims } = readJwt(token);
  const text = `${encode({ ...header, alg })}.${encode(claims)}`;
  return `${text}.${createHmac(alg === 'HS512' ? 'sha512' : 'sha256', secret)
    .update(text)
    .digest('base64url')}`;
}

/** The newest key is the first one. */
const publicKeys = z.object({ keys: z.tuple([z.record(z.string(), z.string())], z.unknown()) });

/** The public key of reservation tokens, which anybody can read. */
export const publicKey = (world: World) =>
  world.once('public key', async () => {
    const { keys } = documentOf(publicKeys, await world.prepare({ path: '/.well-known/jwks.json' }));
    const [jwk] = keys;
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return { jwk, pem: pem.toString() };
  });

/** The private key of reservation tokens, from the store of a system that the suite started. */
const signingKey = (world: World) =>
  world.once('signing key', async () => {
    const { databaseUrl, keyEncryptionSecret } = world.own;
    const lifecycle = createLifecycle();
    try {
      const log = createLog('abuse', 'error');
      const { sql } = connectDb(databaseUrl, { name: 'abuse', max: 1, lifecycle, log });
      const keyring = await openKeyring(sql, keyEncryptionSecret, Date.now);
      const { kid, privateKey } = keyring.signing();
      return { kid, key: KeyObject.from(privateKey) };
    } finally {
      await lifecycle.close();
    }
  });

/**
 * A validly signed token with changed header or claims, as a bug in the gateway could produce. A field that is
 * undefined is left out.
 */
export async function genuine(
  world: World,
  token: string,
  change: { header?: object; claims?: object; payload?: string },
): Promise<string> {
  const { kid, key } = await signingKey(world);
  const { header, claims } = readJwt(token);
  return signEs256(
    key,
    { ...header, kid, ...change.header },
    change.payload ?? { ...claims, ...change.claims },
  );
}

/** A ticket with a valid signature over any body; `body` is the part between `tkt_` and the last point. */
export function signTicket(world: World, body: string): string {
  const mac = createHmac('sha256', world.own.ticketSecret).update(body).digest('base64url').slice(0, 22);
  return `tkt_${body}.${mac}`;
}
