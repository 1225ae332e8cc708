import { hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The reservation token: a JWT that the gateway signs at the claim and that the checkout accepts once. As RFC 8725
 * advises, algorithm, typ, iss and aud are pinned on both sides.
 */
export const RESERVATION_TOKEN = {
  alg: 'ES256',
  typ: 'reservation+jwt',
  audience: 'checkout',
  clockToleranceSeconds: 5,
} as const;

const HIGHEST_EPOCH = 2_147_483_647;
/** An id in the gateway's own form. A token with any other id is refused, so it reaches no query. */
const id = (most: number) => z.string().regex(new RegExp(`^[\\w.:~-]{1,${most}}$`));

const signedClaims = z.object({
  iss: z.string(),
  aud: z.literal(RESERVATION_TOKEN.audience),
  /** Ticket id. */
  sub: id(100),
  room: id(64),
  /** The room's generation. It changes with each reset, and when the name of a deleted room is used again. */
  epoch: z.number().int().min(1).max(HIGHEST_EPOCH).optional(),
  /** Unique per token; Postgres lets it be spent once. */
  jti: id(200),
  iat: z.number().int(),
  nbf: z.number().int(),
  exp: z.number().int(),
  /** The shopper's number in the room. */
  number: z.number().int(),
  /** SHA-256 of the binding secret, base64url. */
  bnd: id(100),
  max_quantity: z.number().int().positive().optional(),
  products: z.array(id(100)).optional(),
});

/**
 * The claims, always with the room's generation. Older tokens have the generation only in their `jti`. A token without
 * a generation, or with two different ones, is refused.
 */
export const reservationClaims = signedClaims.transform((claims, context) => {
  const inJti = epochOfJti(claims.room, claims.jti);
  const epoch = claims.epoch ?? inJti;
  if (epoch !== undefined && (inJti === undefined || inJti === epoch)) return { ...claims, epoch };
  context.addIssue({ code: 'custom', path: ['epoch'], message: 'must name one generation of the room' });
  return z.NEVER;
});
export type ReservationClaims = z.infer<typeof reservationClaims>;

/** The id of the only token that a ticket can get: `{room}.{epoch}.{ticket id}`. */
export const reservationJti = (ticket: { room: string; epoch: number; id: string }): string =>
  `${ticket.room}.${ticket.epoch}.${ticket.id}`;

/** The generation in a token's id; undefined when the id belongs to another room or has another form. */
export function epochOfJti(room: string, jti: string): number | undefined {
  if (!jti.startsWith(`${room}.`)) return undefined;
  const epoch = /^([1-9]\d{0,9})\./.exec(jti.slice(room.length + 1))?.[1];
  return epoch === undefined ? undefined : Number(epoch);
}

/** The cookie with a browser's binding secret: `__Host-bind_{room}`. Apps send the header `X-Binding`. */
export const bindingCookie = (room: string) => `__Host-bind_${room}`;
export const BINDING_HEADER = 'x-binding';

/** SHA-256 of a binding secret, base64url: the token's `bnd`. */
export function bindingHash(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Whether a binding secret belongs to the token, in constant time. */
export function isBound(claims: Pick<ReservationClaims, 'bnd'>, secret: string | undefined): boolean {
  if (!secret) return false;
  const given = Buffer.from(bindingHash(secret));
  const wanted = Buffer.from(claims.bnd);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
