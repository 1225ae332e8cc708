import { timeoutVariables } from '@shopfast/kit/client-timeouts';
import { drainSeconds } from '@shopfast/kit/drain';
import { databaseUrl, logLevel, port, proxyRanges, publicUrl, readEnv, secret } from '@shopfast/kit/env';
import { z } from 'zod';

const withoutSlash = (url: string) => url.replace(/\/$/, '');

const schema = z.object({
  PORT: port.default(3001),
  HOST: z.string().default('127.0.0.1'),
  /** From "not ready" until the port is closed. */
  DRAIN_SECONDS: drainSeconds,
  /** Port of `/metrics`, separate from the port that shoppers reach. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl,
  /** What is in front of Postgres: nothing, or a pooler in transaction mode. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  /** Most connections. As many orders run at once; the others wait. */
  DB_POOL: z.coerce.number().int().min(1).max(20).default(4),
  /** Most connections of each of the accounts' two pools. Orders do not use them. */
  ACCOUNTS_DB_POOL: z.coerce.number().int().min(1).max(5).default(2),
  /** The checkout fetches the public keys of reservation tokens from here. */
  GATEWAY_URL: z.url().default('http://127.0.0.1:3000').transform(withoutSlash),
  /** `iss` of the tokens: the gateway's public address. */
  TOKEN_ISSUER: publicUrl.default('http://localhost:3000').transform(withoutSlash),
  /**
   * Public address of the shop: the base of links in mails, and the only origin that may act for a signed-in shopper.
   */
  PUBLIC_URL: publicUrl.default('http://localhost:3000').transform(withoutSlash),
  /** Signs sessions and the links in account mails. A change signs everybody out. */
  AUTH_SECRET: secret,
  /** The gateways, as addresses or CIDR ranges: only their X-Forwarded-For is trusted. */
  TRUSTED_PROXIES: proxyRanges('127.0.0.1,::1'),
  /** Key of the order tokens. A change makes all existing tokens invalid. */
  ORDER_SECRET: secret,
  STRIPE_WEBHOOK_SECRET: z
    .string({ error: 'is required: the signing secret of the webhook endpoint (whsec_…)' })
    .min(16, 'is too short for a signing secret'),
  /** pk_…: the shop's pages use Stripe's card form. Unset: they offer test cards. */
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, 'must be a publishable key (pk_…), never the secret one')
    .optional(),
  /** The script of that form. */
  STRIPE_JS_URL: publicUrl.default('https://js.stripe.com/v3/'),
  /** How long the units of an unpaid order stay held. */
  HOLD_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600),
  ...timeoutVariables,
  /** The mail server offers SMTPUTF8 (RFC 6531): the part before the @ may have letters other than a–z. */
  SMTP_UTF8: z.stringbool().default(false),
  LOG_LEVEL: logLevel,
});

export type CheckoutEnv = z.output<typeof schema>;
export const readCheckoutEnv = (): CheckoutEnv => readEnv(schema);
