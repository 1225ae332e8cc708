import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

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
