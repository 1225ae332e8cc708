import postgres from 'postgres';
import type { Sql } from './client.ts';
import { seedEnv } from './env.ts';

export type Seed = {
  room: string;
  productId: string;
  name: string;
  description?: string;
  /** Minor units of `currency`. */
  price: number;
  currency: string;
  units: number;
  perCustomerLimit: number;
};

/** Puts a product on sale. Repeating it updates name, price and limit, and leaves existing units unchanged. */
export async function seed(sql: Sql, product: Seed): Promise<void> {
  await sql`
    with product as (
      insert into products (id, name, description, price, currency, room_id, per_customer_limit)
      values (
        ${product.productId}, ${product.name}, ${product.description ?? ''}, ${product.price},
        ${product.currency}, ${product.room}, ${product.perCustomerLimit}
      )
      on conflict (id) do update set
        name = excluded.name, description = excluded.description, price = excluded.price,
        currency = excluded.currency, room_id = excluded.room_id,
        per_customer_limit = excluded.per_customer_limit, updated_at = now()
      returning id
    )
    insert into inventory (product_id, stock, available)
    select id, ${product.units}, ${product.units} from product
    on conflict (product_id) do nothing`;
}

if (import.meta.main) {
  const env = seedEnv();
  // The same driver, without the types of our columns, which no statement here reads.
  const sql = postgres(env.DATABASE_URL, { max: 1 }) as unknown as Sql;
  try {
    await seed(sql, {
      room: env.SEED_ROOM,
      productId: env.SEED_PRODUCT_ID,
      name: env.SEED_NAME,
      price: env.SEED_PRICE,
      currency: env.SEED_CURRENCY,
      units: env.SEED_UNITS,
      perCustomerLimit: env.SEED_PER_CUSTOMER_LIMIT,
    });
  } finally {
    await sql.end();
  }
  process.stdout.write(`${env.SEED_PRODUCT_ID} is on sale in ${env.SEED_ROOM}.\n`);
}
