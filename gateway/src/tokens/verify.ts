import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { verifyReservation } from '@shopfast/kit/reservation/verify';
import { createLocalJWKSet } from 'jose';
import type { TokenDeps } from './deps.ts';

/** The claims of a genuine, unexpired reservation token, or null. About 0.15 ms on Node's thread pool. */
export type VerifyReservation = (token: string) => Promise<ReservationClaims | null>;

/** The shared verifier with the gateway's own keys. It does not check whether the token still holds its slot. */
export function createReservationVerifier({
  keyring,
  clock,
  config,
}: Pick<TokenDeps, 'keyring' | 'clock' | 'config'>): VerifyReservation {
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
    try {
      const parts = { keys: presentKeys(), issuer: config.publicUrl, nowMs: clock.now() };
      const { claims, expired } = await verifyReservation(parts, token);
      return expired ? null : claims;
    } catch (error) {
      if (error instanceof Problem && error.code === 'token_invalid') return null;
      throw error;
    }
  };
}
