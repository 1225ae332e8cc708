import { timestamp } from 'drizzle-orm/pg-core';

/** An instant. The keys of the schema are the column names, so that a row of a raw statement has the inferred type. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });

export const createdAt = () => instant().notNull().defaultNow();
