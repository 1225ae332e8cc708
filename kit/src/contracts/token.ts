import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The reservation token: a JWT that the gateway signs at the claim and the checkout honours once (RFC 8725: algorithm,
 * typ, iss and aud are pinned on both sides).
 */
export const RESERVATION_TOKEN = {
  alg: 'ES256',
  typ: 'reservation+jwt',
  audience: 'checkout',
  clockToleranceSeconds: 5,
} as const;

export const reservationClaims = z.object({
  iss: z.string(),
  aud: z.literal(RESERVATION_TOKEN.audience),
  /** Ticket id. */
  sub: z.string().min(1),
  room: z.string().min(1),
  /** Unique per token; spent once in Postgres. */
  jti: z.string().min(1).max(100),
  iat: z.number().int(),
  nbf: z.number().int(),
  exp: z.number().int(),
  /** The shopper's number in the room. */
  number: z.number().int(),
  /** SHA-256 of the binding secret, base64url. */
  bnd: z.string().min(1),
  max_quantity: z.number().int().positive().optional(),
  products: z.array(z.string()).optional(),
});
export type ReservationClaims = z.infer<typeof reservationClaims>;

/** Where a browser keeps its binding secret: `__Host-bind_{room}`; apps send the header `X-Binding`. */
export const bindingCookie = (room: string) => `__Host-bind_${room}`;
export const BINDING_HEADER = 'x-binding';

/** SHA-256 of a binding secret, base64url: the token's `bnd`. */
export function bindingHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether a presented binding secret is the one that the token is bound to, in constant time. */
export function isBound(claims: Pick<ReservationClaims, 'bnd'>, secret: string | undefined): boolean {
  if (!secret) return false;
  const given = Buffer.from(bindingHash(secret));
  const wanted = Buffer.from(claims.bnd);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
