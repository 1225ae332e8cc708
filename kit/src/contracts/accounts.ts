import { orderDocument } from './api.ts';
import { emailAddress } from './email-address.ts';
import {
  ADDRESS_LINE,
  MOST_ADDRESSES,
  MOST_GUEST_ORDERS,
  PASSWORD,
  PERSON_NAME,
  POSTAL_CODE,
} from './limits.ts';
import { needsPostalCode } from './postal-address.ts';
import { count, country, exactLine, line, pageSize } from './text.ts';
import { z } from './zod.ts';

/** Accounts and profiles: `/v1/auth/*` and `/v1/me`. */

/** better-auth accepts fewer addresses than orders do. */
const email = emailAddress
  .transform((address) => address.toLowerCase())
  .refine(
    (address) => z.email().safeParse(address).success,
    'has characters that accounts do not support; you can order without an account',
  );
/** The password of an existing account: older accounts may have been created under other rules. */
const password = z
  .string()
  .min(1)
  .max(PASSWORD.most)
  .refine((text) => text.isWellFormed(), 'must be text');
const newPassword = exactLine(PASSWORD);
/** The secret of a mailed link. Logs redact values with this prefix. */
const linkToken = z
  .string()
  .max(2_048)
  .regex(/^acc_[\w.-]+$/, 'must be the token of a mailed link (acc_…)')
  .transform((token) => token.slice(4));
const name = line(PERSON_NAME);

export const signUpRequest = z.strictObject({ name, email, password: newPassword }).openapi('SignUp');
export const signInRequest = z.strictObject({ email, password }).openapi('SignIn');
export const verifyEmailRequest = z.strictObject({ token: linkToken, password }).openapi('EmailVerification');
export const requestPasswordReset = z.strictObject({ email }).openapi('PasswordResetRequest');
export const resetPasswordRequest = z
  .strictObject({ token: linkToken, password: newPassword })
  .openapi('PasswordReset');
export const changePasswordRequest = z
  .strictObject({ current_password: password, new_password: newPassword })
  .openapi('PasswordChange');
export const eraseRequest = z.strictObject({ password }).openapi('AccountErasure');
export type SignUp = z.input<typeof signUpRequest>;
export type SignIn = z.input<typeof signInRequest>;

/** The answer when a mail may have been sent: the same for a known and an unknown address. */
export const mailed = z.object({ status: z.literal('mailed') }).openapi('Mailed');

const profile = { id: z.uuid(), email: z.string(), name: z.string() };
export const profileDocument = z.object(profile).openapi('Profile');
export type Profile = z.infer<typeof profileDocument>;

const part = line(ADDRESS_LINE);
export const postalAddress = z
  .strictObject({
    name: part,
    line1: part,
    line2: part.optional(),
    /** Required except in countries that have no postal codes. */
    postal_code: line(POSTAL_CODE).optional(),
    city: part,
    region: part.optional(),
    country,
  })
  .refine((given) => given.postal_code !== undefined || !needsPostalCode(given.country), {
    path: ['postal_code'],
    error: 'is required in this country',
  })
  .openapi('PostalAddress');
export type PostalAddress = z.infer<typeof postalAddress>;

/** `GET /v1/me` */
export const me = z.object({ ...profile, addresses: z.array(postalAddress) }).openapi('Me');
export type Me = z.infer<typeof me>;
/** `PATCH /v1/me` */
export const meChange = z
  .strictObject({ name, addresses: z.array(postalAddress).max(MOST_ADDRESSES) })
  .partial()
  .openapi('MeChange');
export type MeChange = z.input<typeof meChange>;

/** Query of `GET /v1/me/orders`. */
export const ownOrdersQuery = z.object({
  limit: pageSize({ most: 100, usual: 20 }),
  /** `next` of the previous page. */
  before: z.uuid().optional(),
});
export const ownOrders = z
  .object({ orders: z.array(orderDocument), next: z.uuid().nullable() })
  .openapi('OwnOrders');
export type OwnOrders = z.infer<typeof ownOrders>;
export const guestOrders = z.object({ orders: z.array(orderDocument) }).openapi('GuestOrders');
export type GuestOrders = z.infer<typeof guestOrders>;
export const someOrders = z
  .strictObject({ order_ids: z.array(z.uuid()).min(1).max(MOST_GUEST_ORDERS) })
  .openapi('SomeOrders');
export const adopted = z.object({ adopted: count }).openapi('AdoptedOrders');
export const disowned = z.object({ disowned: count }).openapi('DisownedOrders');

const session = z
  .object({
    id: z.uuid(),
    /** True for the session of this request. */
    current: z.boolean(),
    /** The User-Agent header of the sign-in. */
    user_agent: z.string().nullable(),
    signed_in_at: z.iso.datetime(),
    /** Precise to a day. */
    last_used_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })
  .openapi('Session');
export type Session = z.infer<typeof session>;
export const sessionList = z.object({ sessions: z.array(session) }).openapi('SessionList');
export type SessionList = z.infer<typeof sessionList>;
export const sessionParams = z.object({ id: z.uuid() });
