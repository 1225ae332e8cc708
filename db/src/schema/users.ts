import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

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
