import type { PostalAddress } from '@shopfast/kit/contracts/accounts';
import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** People with an account. Written by better-auth (checkout/src/accounts/auth.ts), which requires `image`. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    /** Lower case. */
    email: text().notNull().unique(),
    /** Only a verified address can sign in and adopt guest orders. */
    email_verified: boolean().notNull().default(false),
    name: text().notNull(),
    image: text(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [index('users_unverified').on(t.created_at).where(sql`not ${t.email_verified}`)],
);

/** The owner of a row; the row is deleted with the account. */
const owner = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** Active sign-ins. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey(),
    user_id: owner(),
    token: text().notNull().unique(),
    expires_at: instant().notNull(),
    ip_address: text(),
    user_agent: text(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [index('sessions_by_user').on(t.user_id), index('sessions_by_end').on(t.expires_at)],
);

/** A user's means to sign in (better-auth's "account"): here always a password, hashed. */
export const credentials = pgTable(
  'credentials',
  {
    id: uuid().primaryKey(),
    user_id: owner(),
    provider_id: text().notNull(),
    account_id: text().notNull(),
    password: text(),
    access_token: text(),
    refresh_token: text(),
    id_token: text(),
    access_token_expires_at: instant(),
    refresh_token_expires_at: instant(),
    scope: text(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [index('credentials_by_user').on(t.user_id)],
);

/** Requested password resets; `identifier` is a hash of the link's secret, `value` the user. */
export const verifications = pgTable(
  'verifications',
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expires_at: instant().notNull(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [
    index('verifications_by_identifier').on(t.identifier),
    index('verifications_by_end').on(t.expires_at),
  ],
);

/** A user's addresses, the preferred one first; always read and replaced as a whole. */
export const addressBooks = pgTable('address_books', {
  user_id: owner().primaryKey(),
  addresses: jsonb().notNull().$type<PostalAddress[]>(),
  updated_at: createdAt(),
});
