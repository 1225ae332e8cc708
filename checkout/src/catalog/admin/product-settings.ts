import type { StockedProduct } from '@shopfast/db/products';
import { instant, integer, line, newProductId, paragraphs, roomId } from '@shopfast/kit/contracts/text';
import { z } from 'zod';

/** The settings that an operator may change. The currency is fixed, because existing orders use it. */
const settings = z.strictObject({
  name: line({ most: 200 }),
  description: paragraphs({ most: 10_000 }),
  /** Minor units of `currency`. */
  price: integer(0, 2_000_000_000),
  room: roomId.nullable(),
  per_customer_limit: integer(1, 1_000_000),
  sale_starts_at: instant.nullable(),
  sale_ends_at: instant.nullable(),
});

export const someProductSettings = settings.partial();
export type SomeProductSettings = z.output<typeof someProductSettings>;

/** Defaults: no description, no room, one per customer, no sale window, no units. */
export const newProduct = z.strictObject({
  id: newProductId,
  /** Stored in capitals: "eur" and "EUR" are one currency. */
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'must be three letters (ISO 4217)')
    .transform((code) => code.toUpperCase()),
  stock: integer(0, 1_000_000_000).default(0),
  ...settings.shape,
  description: settings.shape.description.default(''),
  room: settings.shape.room.default(null),
  per_customer_limit: settings.shape.per_customer_limit.default(1),
  sale_starts_at: settings.shape.sale_starts_at.default(null),
  sale_ends_at: settings.shape.sale_ends_at.default(null),
});
export type NewProductRequest = z.output<typeof newProduct>;

/** A product as operators see it. */
export const adminProductDocument = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  price: z.number().int(),
  currency: z.string(),
  room: z.string().nullable(),
  per_customer_limit: z.number().int(),
  sale_starts_at: z.iso.datetime().nullable(),
  sale_ends_at: z.iso.datetime().nullable(),
  version: z.number().int(),
  stock: z.number().int(),
  available: z.number().int(),
  held: z.number().int(),
  sold: z.number().int(),
});
export type AdminProductDocument = z.infer<typeof adminProductDocument>;

export function productToJson(product: StockedProduct): AdminProductDocument {
  const { room_id, created_at: _, updated_at: __, sale_starts_at, sale_ends_at, ...rest } = product;
  return {
    ...rest,
    room: room_id,
    sale_starts_at: sale_starts_at?.toISOString() ?? null,
    sale_ends_at: sale_ends_at?.toISOString() ?? null,
  };
}
