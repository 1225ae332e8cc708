import { RESERVATION_TOKEN, type ReservationClaims, reservationClaims } from '@shopfast/kit/contracts/token';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Gateway } from '../deps.ts';

/** The claims of a reservation token that is genuine and in time, or null. About 0.3 ms of CPU. */
export type VerifyReservation = (token: string) => Promise<ReservationClaims | null>;

/** Checks reservation tokens with the gateway's own keys: signature, algorithm, type, issuer, audience, times. */
export function createReservationVerifier({ keyring, clock, config }: Gateway): VerifyReservation {
  let kids = '';
  let keys = createLocalJWKSet({ keys: [] });

  function presentKeys() {
    const jwks = keyring.jwks();
    const now = jwks.keys.map((key) => key.kid).join();
    if (now !== kids) keys = createLocalJWKSet(jwks);
    kids = now;
    return keys;
  }

  return async (token) => {
    const verified = await jwtVerify(token, presentKeys(), {
      algorithms: [RESERVATION_TOKEN.alg],
      typ: RESERVATION_TOKEN.typ,
      issuer: config.publicUrl,
      audience: RESERVATION_TOKEN.audience,
      clockTolerance: RESERVATION_TOKEN.clockToleranceSeconds,
      currentDate: new Date(clock.now()),
    }).catch(() => null);
    return verified ? (reservationClaims.safeParse(verified.payload).data ?? null) : null;
  };
}
