import { logLevel, port, proxyRanges, publicUrl, readEnv, secret } from '@shopfast/kit/env';
import { patienceVariables } from '@shopfast/kit/patience';
import { z } from 'zod';

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Where `/metrics` answers, apart from everything that shoppers reach. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Several gateway processes listen on one port. */
  REUSE_PORT: z.stringbool().default(false),
  REDIS_URL: z.url({ error: 'is required: redis://host:port of the waiting room' }),
  DATABASE_URL: z.url({ error: 'is required: postgres://user:password@host:port/database' }),
  /** What stands before Postgres: nothing, or a pooler in transaction mode. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  DB_POOL: z.coerce.number().int().min(1).max(20).default(3),
  /** Where shoppers reach this gateway; also the issuer of reservation tokens. */
  PUBLIC_URL: publicUrl.default('http://localhost:3000'),
  /** The checkout behind the gateway. */
  CHECKOUT_URL: z.url().default('http://127.0.0.1:3001'),
  /** The workers behind the gateway, for operators' calls that are theirs. */
  WORKERS_URL: z.url().default('http://127.0.0.1:3002'),
  /** A file that says which paths go where, and which need a reservation (docs/protect.md). */
  PROTECT_CONFIG: z.string().optional(),
  /** A folder with waiting pages of the shop's own (docs/waiting-page.md). */
  WAITING_PAGES: z.string().min(1).optional(),
  /** Where the sandbox's e-mails are read: a link on the first page. Unset with a real mail server. */
  INBOX_URL: z.url().optional(),
  /** Signs tickets. Several, comma-separated: the first signs, all are accepted. */
  TICKET_SECRET: z
    .string({ error: 'is required: a random secret of at least 32 characters (try: openssl rand -hex 32)' })
    .transform((list) => list.split(','))
    .pipe(z.array(secret).min(1)),
  /** Encrypts the private signing keys at rest in Postgres. */
  KEY_ENCRYPTION_SECRET: secret,
  /** The first owner's admin key; further keys are made through the API. */
  ADMIN_KEY: z
    .string()
    .regex(/^adm_[\w-]{32,}$/, 'must be adm_ and at least 32 random characters')
    .optional(),
  /** Each holds a connection, thus a file descriptor. */
  MAX_EVENT_STREAMS: z.coerce.number().int().min(0).max(1_000_000).default(15_000),
  TICK_MS: z.coerce.number().int().min(20).max(1_000).default(100),
  /** The proxies in front, as CIDR ranges: only from them is X-Forwarded-For believed. */
  TRUSTED_PROXIES: proxyRanges(''),
  /** New places that one client address may take in a minute, beyond the steady ones; 0: no limit. */
  JOIN_BURST_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(1_000),
  /** New places that one client address may take every second for ever. */
  JOINS_PER_SECOND_PER_ADDRESS: z.coerce.number().int().min(0).max(100_000).default(20),
  /** Addresses from which one reservation may open protected paths within a minute, at each gateway; 0: no limit. */
  RESERVATION_ADDRESSES_PER_MINUTE: z.coerce.number().int().min(0).max(10_000).default(10),
  /** Requests to protected paths with one reservation, over ten seconds, at each gateway; 0: no limit. */
  RESERVATION_REQUESTS_PER_SECOND: z.coerce.number().int().min(0).max(100_000).default(50),
  /** Calls of one admin key, over ten seconds; 0: no limit. */
  ADMIN_CALLS_PER_SECOND: z.coerce.number().int().min(0).max(100_000).default(500),
  /** Webhooks to loopback and private networks; off, or an operator could have the gateway look around inside. */
  WEBHOOK_ALLOW_PRIVATE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  /** Open connections of one address; 0: no limit. Trusted proxies have none. */
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(512),
  /** Requests of one client address whose body has not come whole; 0: no limit. */
  UNFINISHED_REQUESTS_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(128),
  /** Whether the limits of addresses hold for this machine as well. */
  LIMIT_THIS_MACHINE: z.stringbool().default(false),
  ...patienceVariables,
  /** The mail server offers SMTPUTF8 (RFC 6531): addresses may have other letters than a–z before the @. */
  SMTP_UTF8: z.stringbool().default(false),
  LOG_LEVEL: logLevel,
});

export type GatewayEnv = z.output<typeof schema>;
export const readGatewayEnv = (): GatewayEnv => readEnv(schema);
