import { databaseUrl, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

/** The environment of the commands `migrate` and `seed`. */
export const databaseEnv = () => readEnv(z.object({ DATABASE_URL: databaseUrl }));

/** The product that `seed` puts on sale. */
export const seedEnv = () =>
  readEnv(
    z.object({
      DATABASE_URL: databaseUrl,
      SEED_ROOM: z.string().default('sale'),
      SEED_PRODUCT_ID: z.string().default('sneaker'),
      SEED_NAME: z.string().default('Limited sneaker'),
      SEED_PRICE: z.coerce.number().int().min(0).default(12_900),
      SEED_CURRENCY: z
        .string()
        .regex(/^[A-Za-z]{3}$/)
        .default('EUR')
        .transform((code) => code.toUpperCase()),
      SEED_UNITS: z.coerce.number().int().min(0).default(50),
      SEED_PER_CUSTOMER_LIMIT: z.coerce.number().int().min(1).default(1),
    }),
  );
