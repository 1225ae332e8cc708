import { sql } from 'drizzle-orm';
import { bigint, char, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

export const products = pgTable(
  'products',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    description: text().notNull().default(''),
    /** Minor units of `currency`. */
    price: integer().notNull(),
    currency: char({ length: 3 }).notNull(),
    /** The room whose tokens buy it; null: not on sale through a waiting room. */
    room_id: text(),
    per_customer_limit: integer().notNull().default(1),
    sale_starts_at: instant(),
    sale_ends_at: instant(),
    /** Grows with every change by an operator; guards concurrent edits. */
    version: integer().notNull().default(1),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [
    check('products_price_not_negative', sql`${t.price} >= 0`),
    check('products_limit_positive', sql`${t.per_customer_limit} > 0`),
    index('products_room').on(t.room_id),
  ],
);
export type Product = typeof products.$inferSelect;

/** One row per product, the only place where units move: `stock = available + held + sold` at every instant. */
export const inventory = pgTable(
  'inventory',
  {
    product_id: text()
      .primaryKey()
      .references(() => products.id),
    stock: integer().notNull(),
    available: integer().notNull(),
    held: integer().notNull().default(0),
    sold: integer().notNull().default(0),
    /** Grows with every change, so that a stale figure can be told from a fresh one. */
    version: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [
    check('inventory_available_not_negative', sql`${t.available} >= 0`),
    check('inventory_held_not_negative', sql`${t.held} >= 0`),
    check('inventory_sold_not_negative', sql`${t.sold} >= 0`),
    check('inventory_conserved', sql`${t.stock} = ${t.available} + ${t.held} + ${t.sold}`),
  ],
);
export type Inventory = typeof inventory.$inferSelect;
