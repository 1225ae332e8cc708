import { PRODUCT_NUMBERS, PRODUCT_TEXTS } from './limits.ts';
import {
  count,
  instant,
  integer,
  line,
  newProductId,
  pageSize,
  paragraphs,
  productId,
  roomId,
} from './text.ts';
import { z } from './zod.ts';

/** What operators read and change about products: `/v1/admin/products`. Shoppers get `productDocument` of `api.ts`. */

const { price, per_customer_limit, stock } = PRODUCT_NUMBERS;

/** The settings that an operator may change. The currency is fixed, because existing orders use it. */
const settings = z.strictObject({
  name: line(PRODUCT_TEXTS.name),
  description: paragraphs(PRODUCT_TEXTS.description),
  /** Minor units of `currency`. */
  price: integer(price.least, price.most),
  room: roomId.nullable(),
  per_customer_limit: integer(per_customer_limit.least, per_customer_limit.most),
  sale_starts_at: instant.nullable(),
  sale_ends_at: instant.nullable(),
});
/** As sent: times are RFC 3339. */
export type ProductSettings = z.input<typeof settings>;

/** `PATCH /v1/admin/products/{id}` */
export const someProductSettings = settings.partial().openapi('ProductSettings');
export type SomeProductSettings = z.output<typeof someProductSettings>;

/** Defaults: no description, no room, one per customer, no sale window, no units. */
export const newProduct = z
  .strictObject({
    id: newProductId,
    /** Stored in capitals: "eur" and "EUR" are one currency. */
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/, 'must be three letters (ISO 4217)')
      .transform((code) => code.toUpperCase()),
    stock: integer(stock.least, stock.most).default(0),
    ...settings.shape,
    description: settings.shape.description.default(''),
    room: settings.shape.room.default(null),
    per_customer_limit: settings.shape.per_customer_limit.default(1),
    sale_starts_at: settings.shape.sale_starts_at.default(null),
    sale_ends_at: settings.shape.sale_ends_at.default(null),
  })
  .openapi('NewProduct');
export type NewProduct = z.input<typeof newProduct>;
export type NewProductRequest = z.output<typeof newProduct>;

/** `POST …/stock`: units to add, or (negative) to remove. */
export const stockChange = z.strictObject({ delta: integer(-stock.most, stock.most) }).openapi('StockChange');

/** A product as operators see it. */
export const adminProductDocument = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    /** Minor units of `currency`. */
    price: count,
    currency: z.string(),
    room: z.string().nullable(),
    per_customer_limit: count,
    sale_starts_at: z.iso.datetime().nullable(),
    sale_ends_at: z.iso.datetime().nullable(),
    /** The ETag of the product. */
    version: count,
    stock: count,
    available: count,
    held: count,
    sold: count,
  })
  .openapi('AdminProduct');
export type AdminProduct = z.infer<typeof adminProductDocument>;
export const adminProductList = z
  .object({ products: z.array(adminProductDocument) })
  .openapi('AdminProductList');
export type AdminProductList = z.infer<typeof adminProductList>;

export const productParams = z.object({ id: productId });
export const productPage = z.object({
  /** The last id of the previous page. */
  after: productId.optional(),
  limit: pageSize({ most: 500, usual: 100 }),
});
