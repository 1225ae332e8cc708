import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** People with an account. Written by better-auth (checkout/src/accounts/auth.ts); `image` is there because it asks for it. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    /** Lower case. */
    email: text().notNull().unique(),
    /** Only a verified address signs in and is asked about orders of guests. */
    email_verified: boolean().notNull().default(false),
    name: text().notNull(),
    image: text(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [index('users_unverified').on(t.created_at).where(sql`not ${t.email_verified}`)],
);
