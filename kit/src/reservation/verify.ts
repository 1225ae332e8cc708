import { KeyObject, verify } from 'node:crypto';
import { type CryptoKey, errors, type JWSHeaderParameters, type JWTVerifyGetKey } from 'jose';
import { RESERVATION_TOKEN, type ReservationClaims, reservationClaims } from '../contracts/token.ts';
import { Problem } from '../errors.ts';
import { hasLowS } from './low-s.ts';

/** A reservation token with a valid signature. An expired one can only query the order that it made. */
export type Reservation = { claims: ReservationClaims; expired: boolean };

/** Errors of the key set are ours, not the shopper's. */
const OURS = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];

/** Longer than any token of ours. Longer input is not parsed. */
const MAX_CHARACTERS = 4_096;
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
/** Two numbers of 256 bits. */
const SIGNATURE_BYTES = 64;

/**
 * The only verifier of reservation tokens. It checks signature, type, issuer, audience and times, offline except for
 * the gateway's public keys. As strict as RFC 8725 asks: one algorithm, one type, no critical headers, every claim
 * present, and one compact encoding without padding or unused bits. An ECDSA signature (r, s) has the valid twin
 * (r, n - s); only the one with the smaller s is accepted. Stores still identify a token by its `jti`.
 *
 * jose loads the keys. OpenSSL checks the signature on Node's thread pool: WebCrypto takes more than twice the time,
 * and a synchronous check would block the event loop.
 * @param nowMs ms since 1970
 * @throws Problem `token_invalid`, or `unavailable` when the keys cannot be fetched
 */
export async function verifyReservation(
  { keys, issuer, nowMs }: { keys: JWTVerifyGetKey; issuer: string; nowMs: number },
  token: string,
): Promise<Reservation> {
  const [head, payload, signature] = partsOf(token);
  const header = readHeader(head);
  const key = await findKey(keys, header, { payload, signature });
  const bytes = Buffer.from(signature, 'base64url');
  if (!(await isSigned(key, `${head}.${payload}`, bytes))) throw new Problem('token_invalid');

  const stated = readJson(payload);
  const claims = readClaims(stated);
  // Older tokens have no `epoch` claim and may have either signature. They expire soon.
  if (Object.hasOwn(Object(stated), 'epoch') && !hasLowS(bytes)) throw new Problem('token_invalid');
  const now = Math.floor(nowMs / 1_000);
  const { clockToleranceSeconds: tolerance } = RESERVATION_TOKEN;
  if (claims.iss !== issuer || claims.nbf > now + tolerance) throw new Problem('token_invalid');
  return { claims, expired: claims.exp <= now - tolerance };
}

/**
 * Reads the `jti` without a signature check. Use it only to look up what is known of the token.
 * @returns null when the text is not a canonical token
 */
export function claimedJti(token: string): string | null {
  try {
    const { jti }: { jti?: unknown } = Object(readJson(partsOf(token)[1]));
    return typeof jti === 'string' ? jti : null;
  } catch {
    return null;
  }
}

/** Whether a text has the form of a reservation token, valid or not. */
export function looksLikeReservation(token: string): boolean {
  const [head = ''] = token.split('.', 1);
  if (!head.startsWith('eyJ') || head.length > MAX_CHARACTERS) return false;
  try {
    const { typ }: { typ?: unknown } = JSON.parse(Buffer.from(head, 'base64url').toString());
    return typeof typ === 'string' && typ.toLowerCase().endsWith(RESERVATION_TOKEN.typ);
  } catch {
    return false;
  }
}

function partsOf(token: string): [head: string, payload: string, signature: string] {
  const parts = token.length > MAX_CHARACTERS ? null : COMPACT.exec(token);
  if (!parts) throw new Problem('token_invalid');
  const [, head = '', payload = '', signature = ''] = parts;
  if (![head, payload, signature].every(isCanonical)) throw new Problem('token_invalid');
  return [head, payload, signature];
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Whether base64url text is canonical: no extra characters, no bits after the last byte. */
function isCanonical(text: string): boolean {
  const inLastGroup = text.length % 4;
  if (inLastGroup === 0) return true;
  if (inLastGroup === 1) return false;
  const last = BASE64URL.indexOf(text.charAt(text.length - 1));
  return last % (inLastGroup === 2 ? 16 : 4) === 0;
}

type Header = JWSHeaderParameters & { alg: string };

function readHeader(head: string): Header {
  // Foreign JSON: every member that counts is checked below.
  const header = readJson(head) as Partial<Header> | null;
  const asAgreed =
    typeof header === 'object' &&
    header?.alg === RESERVATION_TOKEN.alg &&
    header.typ === RESERVATION_TOKEN.typ &&
    !('crit' in header) &&
    !('b64' in header);
  if (!asAgreed) throw new Problem('token_invalid');
  // `alg` was checked; the others are optional.
  return header as Header;
}

async function findKey(
  keys: JWTVerifyGetKey,
  header: Header,
  rest: { payload: string; signature: string },
): Promise<KeyObject> {
  try {
    const key = await keys(header, rest);
    // A key set gives keys for ES256 only in this form.
    return keyObject(key as CryptoKey);
  } catch (error) {
    const theirs = error instanceof errors.JOSEError && !OURS.includes(error.code);
    throw new Problem(theirs ? 'token_invalid' : 'unavailable', { cause: error });
  }
}

const keyObjects = new WeakMap<CryptoKey, KeyObject>();

function keyObject(key: CryptoKey): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const made = KeyObject.from(key);
  keyObjects.set(key, made);
  return made;
}

function isSigned(key: KeyObject, text: string, bytes: Buffer): Promise<boolean> | false {
  if (bytes.length !== SIGNATURE_BYTES) return false;
  return new Promise((resolve, reject) => {
    verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes, (error, good) =>
      error ? reject(error) : resolve(good),
    );
  });
}

function readClaims(stated: unknown): ReservationClaims {
  const claims = reservationClaims.safeParse(stated);
  if (!claims.success) throw new Problem('token_invalid', { cause: claims.error });
  return claims.data;
}

function readJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch (cause) {
    throw new Problem('token_invalid', { cause });
  }
}
