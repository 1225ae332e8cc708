import { BINDING_HEADER, bindingCookie, isBound } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { type HotPathContext, requestHeader } from '@shopfast/kit/hot-path';
import { bearerOf } from '@shopfast/kit/http';
import { type Reservation, verifyReservation } from '@shopfast/kit/reservation/verify';
import { parse } from 'hono/utils/cookie';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { Checkout } from './deps.ts';

/**
 * Reads the reservation token of a request: signature valid, not expired, sent by the browser that claimed it. An
 * expired token passes only with an Idempotency-Key: the request may repeat an order whose answer was lost.
 * @throws Problem `token_missing`, `token_invalid`, `token_expired`, `token_not_bound`, `unavailable`
 */
export async function readReservation(checkout: Checkout, c: HotPathContext): Promise<Reservation> {
  const token = bearerOf(requestHeader(c, 'authorization'));
  if (!token) throw new Problem('token_missing');
  const { keys, clock, config } = checkout;
  const reservation = await verifyReservation(
    { keys, issuer: config.tokenIssuer, nowMs: clock.now() },
    token,
  );
  if (reservation.expired && !requestHeader(c, 'idempotency-key')) throw new Problem('token_expired');
  const { claims } = reservation;
  const secret = requestHeader(c, BINDING_HEADER) ?? cookieOf(c, bindingCookie(claims.room));
  if (!isBound(claims, secret)) throw new Problem('token_not_bound');
  return reservation;
}

function cookieOf(c: HotPathContext, name: string): string | undefined {
  const cookies = requestHeader(c, 'cookie');
  return cookies && parse(cookies, name)[name];
}

/**
 * The gateway's public keys, fetched on demand and cached for ten minutes. A new key is published ten minutes before it
 * signs. The short cooldown matters in the first minutes of an installation.
 */
export function gatewayKeys(gatewayUrl: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${gatewayUrl}/.well-known/jwks.json`), {
    timeoutDuration: 3_000,
    cooldownDuration: 5_000,
    cacheMaxAge: 600_000,
  });
}
