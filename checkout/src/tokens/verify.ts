import { RESERVATION_TOKEN, type ReservationClaims, reservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Checkout } from '../deps.ts';

/** A reservation token with a good signature. An expired one buys nothing, but may ask again for what it bought. */
export type Reservation = { claims: ReservationClaims; expired: boolean };

const REQUIRED = ['iss', 'aud', 'sub', 'jti', 'iat', 'nbf', 'exp', 'room', 'number', 'bnd'];

/** Key set trouble is ours, not the shopper's. */
const OURS = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];

/**
 * Checks signature, type, issuer, audience and times of a token, offline but for the gateway's public keys.
 * @throws Problem `token_invalid`, or `unavailable` when the keys cannot be fetched
 */
export async function verifyReservation(
  { keys, clock, config }: Pick<Checkout, 'keys' | 'clock' | 'config'>,
  token: string,
): Promise<Reservation> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: [RESERVATION_TOKEN.alg],
      typ: RESERVATION_TOKEN.typ,
      issuer: config.tokenIssuer,
      audience: RESERVATION_TOKEN.audience,
      clockTolerance: RESERVATION_TOKEN.clockToleranceSeconds,
      currentDate: new Date(clock.now()),
      requiredClaims: REQUIRED,
    });
    return { claims: readClaims(payload), expired: false };
  } catch (error) {
    if (error instanceof Problem) throw error;
    // The expiry is looked at last, after the signature and all other claims.
    if (error instanceof errors.JWTExpired) return { claims: readClaims(error.payload), expired: true };
    if (error instanceof errors.JOSEError && !OURS.includes(error.code))
      throw new Problem('token_invalid', { cause: error });
    throw new Problem('unavailable', { cause: error });
  }
}

function readClaims(payload: JWTPayload): ReservationClaims {
  const claims = reservationClaims.safeParse(payload);
  if (!claims.success) throw new Problem('token_invalid', { cause: claims.error });
  return claims.data;
}
