import { timeoutVariables } from '@shopfast/kit/client-timeouts';
import { logLevel, port, proxyRanges, publicUrl, readEnv, secret } from '@shopfast/kit/env';
import { z } from 'zod';

const withoutSlash = (url: string) => url.replace(/\/$/, '');

const schema = z.object({
  PORT: port.default(3001),
  HOST: z.string().default('127.0.0.1'),
  /** Where `/metrics` answers, apart from everything that shoppers reach. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ error: 'is required: postgres://user:password@host:port/database' }),
  /** What stands before Postgres: nothing, or a pooler in transaction mode. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  /** Connections at most; as many orders run at once, the others wait their turn. */
  DB_POOL: z.coerce.number().int().min(1).max(20).default(4),
  /** Connections at most of each of the two pools that accounts have, apart from those of orders. */
  ACCOUNTS_DB_POOL: z.coerce.number().int().min(1).max(5).default(2),
  /** Where the checkout fetches the public keys of reservation tokens. */
  GATEWAY_URL: z.url().default('http://127.0.0.1:3000').transform(withoutSlash),
  /** `iss` of the tokens: the gateway's public address. */
  TOKEN_ISSUER: publicUrl.default('http://localhost:3000').transform(withoutSlash),
  /** Where shoppers reach the shop: links of mails, and the one origin that may act for a signed-in shopper. */
  PUBLIC_URL: publicUrl.default('http://localhost:3000').transform(withoutSlash),
  /** Signs sessions and the links of accounts' mails; changing it signs everybody out. */
  AUTH_SECRET: secret,
  /** The gateways, as addresses or CIDR ranges: only from them is X-Forwarded-For believed. */
  TRUSTED_PROXIES: proxyRanges('127.0.0.1,::1'),
  /** Makes order tokens; changing it voids those that were given. */
  ORDER_SECRET: secret,
  STRIPE_WEBHOOK_SECRET: z
    .string({ error: 'is required: the signing secret of the webhook endpoint (whsec_…)' })
    .min(16, 'is too short for a signing secret'),
  /** pk_…: the shop's pages take cards with Stripe's own form; without it they offer test cards. */
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, 'must be a publishable key (pk_…), never the secret one')
    .optional(),
  /** Where the pages load that form from. */
  STRIPE_JS_URL: publicUrl.default('https://js.stripe.com/v3/'),
  /** How long unpaid units are set aside. */
  HOLD_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600),
  ...timeoutVariables,
  /** The mail server offers SMTPUTF8 (RFC 6531): addresses may have other letters than a–z before the @. */
  SMTP_UTF8: z.stringbool().default(false),
  LOG_LEVEL: logLevel,
});

export type CheckoutEnv = z.output<typeof schema>;
export const readCheckoutEnv = (): CheckoutEnv => readEnv(schema);
