/** The connections between the parts of a system, each named for the part that opens it. */
export const LINKS = [
  'gateway to Redis',
  'gateway to Postgres',
  'gateway to checkout',
  'checkout to Postgres',
  'checkout to gateway',
  'workers to Postgres',
  'workers to Redis',
  'workers to gateway',
  'workers to mail server',
  'workers to payment service',
  'payment service to checkout',
] as const;
export type LinkName = (typeof LINKS)[number];
