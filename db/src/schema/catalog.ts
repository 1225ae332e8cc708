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
    /** The room whose tokens can buy it; null: not on sale through a waiting room. */
    room_id: text(),
    per_customer_limit: integer().notNull().default(1),
    sale_starts_at: instant(),
    sale_ends_at: instant(),
    /** Incremented by every operator change; guards concurrent edits. */
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

/** One row per product, the only place where units move. Always: `stock = available + held + sold`. */
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
    /** Incremented by every change, so that an outdated figure can be recognised. */
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
