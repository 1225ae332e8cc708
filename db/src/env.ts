import { databaseUrl, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

/** The environment of the command `migrate`. */
export const databaseEnv = () => readEnv(z.object({ DATABASE_URL: databaseUrl }));

const rolePassword = z
  .string()
  .regex(/^[\w-]{16,}$/, 'needs at least 16 letters, digits, - or _ (try: openssl rand -hex 24)')
  .optional();

/** The environment of the command `make-roles`. */
export const rolesEnv = () =>
  readEnv(
    z.object({
      DATABASE_URL: databaseUrl,
      /** Absent: an existing role keeps its password, and a new one gets a random one. */
      GATEWAY_PASSWORD: rolePassword,
      CHECKOUT_PASSWORD: rolePassword,
      WORKERS_PASSWORD: rolePassword,
    }),
  );

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
