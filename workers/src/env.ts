import { timeoutVariables } from '@shopfast/kit/client-timeouts';
import { drainSeconds } from '@shopfast/kit/drain';
import { databaseUrl, logLevel, port, proxyRanges, publicUrl, readEnv, secret } from '@shopfast/kit/env';
import { redisEnv } from '@shopfast/kit/redis/settings';
import { z } from 'zod';

const concurrency = z.coerce.number().int().min(1).max(100);

const keptDays = (least: number) => z.coerce.number().int().min(least).max(3_650);

const variables = z.object({
  DATABASE_URL: databaseUrl,
  /** What is in front of Postgres: nothing, or a pooler in transaction mode. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  DB_POOL: z.coerce.number().int().min(1).max(50).default(4),
  GATEWAY_URL: z.url({ protocol: /^https?$/, error: 'is required: where the gateway answers' }),
  GATEWAY_KEY: z.string().startsWith('adm_', 'must be an admin key of the gateway (adm_…)'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is required: smtp://… or smtps://…' }),
  MAIL_FROM: z
    .string({ error: 'is required: the sender of mails, such as ShopFast <orders@example.com>' })
    .regex(/^[^\r\n]*@[^\r\n]+$/, 'must be an e-mail address, with or without a name before it'),
  /** Most mails per period and process; 0: no limit. The excess waits. */
  SMTP_RATE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(0),
  SMTP_RATE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(1),
  /** stripe; or http: another provider behind the small API of docs/payment-providers.md. */
  PAYMENT_PROVIDER: z.enum(['stripe', 'http']).default('stripe'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w+$/, 'must be a secret or restricted key of Stripe (sk_… or rk_…)')
    .optional(),
  /** Another server with Stripe's API. Unset: Stripe itself. */
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  /** With PAYMENT_PROVIDER=http. */
  PAYMENT_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  PAYMENT_API_KEY: secret.optional(),
  /** Public address of the shop: the base of links in mails. */
  PUBLIC_URL: publicUrl,
  PAYMENT_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  PAYMENT_CONCURRENCY: concurrency.default(8),
  EMAIL_CONCURRENCY: concurrency.default(5),
  HOLDS_CONCURRENCY: concurrency.default(4),
  SLOTS_CONCURRENCY: concurrency.default(4),
  /** Jobs of a dead worker are taken over after this time plus at most a third of it to notice. */
  JOB_LOCK_SECONDS: z.coerce.number().int().min(1).max(300).default(15),
  /** How often the sweeps look for lost or late work. */
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  /** How long finished work is kept. Unfinished work is never deleted. */
  JOBS_KEPT_DAYS: keptDays(3).default(14),
  EMAILS_KEPT_DAYS: keptDays(30).default(180),
  PAYMENT_EVENTS_KEPT_DAYS: keptDays(35).default(90),
  ACCOUNT_MAILS_KEPT_DAYS: keptDays(3).default(30),
  TURN_MAILS_KEPT_DAYS: keptDays(3).default(14),
  HOST: z.string().default('127.0.0.1'),
  /** From "not ready" until the port is closed. */
  DRAIN_SECONDS: drainSeconds,
  PORT: port.default(3002),
  /** Port of `/metrics`, separate from the port that shoppers reach. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** The gateways: only their X-Forwarded-For and X-Request-Id are trusted. */
  TRUSTED_PROXIES: proxyRanges('127.0.0.1,::1'),
  ...timeoutVariables,
  LOG_LEVEL: logLevel,
});

/** Settings that the chosen provider needs are reported together with all other missing variables. */
const checked = variables
  .refine((env) => env.PAYMENT_PROVIDER !== 'stripe' || env.STRIPE_SECRET_KEY, {
    path: ['STRIPE_SECRET_KEY'],
    error: 'is required: a secret or restricted key of Stripe (sk_… or rk_…)',
    when: () => true,
  })
  .refine((env) => env.PAYMENT_PROVIDER !== 'http' || (env.PAYMENT_API_BASE && env.PAYMENT_API_KEY), {
    path: ['PAYMENT_API_BASE'],
    error: 'and PAYMENT_API_KEY are required with PAYMENT_PROVIDER=http',
    when: () => true,
  })
  .refine((env) => env.EMAILS_KEPT_DAYS > env.JOBS_KEPT_DAYS, {
    path: ['EMAILS_KEPT_DAYS'],
    error: 'must be more than JOBS_KEPT_DAYS: a mail must be kept longer than the job that sends it',
  });

/** JOBS_REDIS_URL and its like: the Redis of the jobs. */
const schema = z.intersection(checked, redisEnv('JOBS_'));

export type WorkersEnv = z.output<typeof schema>;

/** @throws EnvironmentError that names every missing or wrong variable */
export const workersEnv = (source?: NodeJS.ProcessEnv): WorkersEnv => readEnv(schema, source);
