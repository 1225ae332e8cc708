import { KeyObject, verify } from 'node:crypto';
import { RESERVATION_TOKEN, type ReservationClaims, reservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { type CryptoKey, errors, type JWSHeaderParameters } from 'jose';
import type { Checkout } from '../deps.ts';

/** A reservation token with a good signature. An expired one buys nothing, but may ask again for what it bought. */
export type Reservation = { claims: ReservationClaims; expired: boolean };

/** Key set trouble is ours, not the shopper's. */
const OURS = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];

/** Longer than any token of ours; nobody makes us parse more. */
const MOST_CHARACTERS = 4_096;
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Two numbers of 256 bits. */
const SIGNATURE_BYTES = 64;

/**
 * Checks signature, type, issuer, audience and times of a token, offline but for the gateway's public keys. As strict as
 * RFC 8725 asks: one algorithm, one type, no critical headers, every claim there. The keys come by jose; the signature, half
 * of all that a refused order costs, is checked by OpenSSL on Node's thread pool, beside the requests: WebCrypto's way there
 * costs more than twice as much, and in place it is the one thread that everything waits for.
 * @throws Problem `token_invalid`, or `unavailable` when the keys cannot be fetched
 */
export async function verifyReservation(
  { keys, clock, config }: Pick<Checkout, 'keys' | 'clock' | 'config'>,
  token: string,
): Promise<Reservation> {
  if (token.length > MOST_CHARACTERS || !COMPACT.test(token)) throw new Problem('token_invalid');
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const header = readHeader(head);
  const key = await findKey(keys, header, { payload, signature });
  if (!(await isSigned(key, `${head}.${payload}`, signature))) throw new Problem('token_invalid');

  const claims = readClaims(payload);
  const now = Math.floor(clock.now() / 1_000);
  const { clockToleranceSeconds: tolerance } = RESERVATION_TOKEN;
  if (claims.iss !== config.tokenIssuer || claims.nbf > now + tolerance) throw new Problem('token_invalid');
  return { claims, expired: claims.exp <= now - tolerance };
}

type Header = JWSHeaderParameters & { alg: string };

function readHeader(head: string): Header {
  const header = readJson(head) as Partial<Header> | null;
  const asAgreed =
    typeof header === 'object' &&
    header?.alg === RESERVATION_TOKEN.alg &&
    header.typ === RESERVATION_TOKEN.typ &&
    !('crit' in header) &&
    !('b64' in header);
  if (!asAgreed) throw new Problem('token_invalid');
  return header as Header;
}

async function findKey(
  keys: Checkout['keys'],
  header: Header,
  rest: { payload: string; signature: string },
): Promise<KeyObject> {
  try {
    const key = await keys(header, rest);
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

function isSigned(key: KeyObject, text: string, signature: string): Promise<boolean> | false {
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.length !== SIGNATURE_BYTES) return false;
  return new Promise((resolve, reject) => {
    verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes, (error, good) =>
      error ? reject(error) : resolve(good),
    );
  });
}

function readClaims(payload: string): ReservationClaims {
  const claims = reservationClaims.safeParse(readJson(payload));
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
