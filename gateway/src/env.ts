import { timeoutVariables } from '@shopfast/kit/client-timeouts';
import { drainSeconds } from '@shopfast/kit/drain';
import { databaseUrl, logLevel, port, proxyRanges, publicUrl, readEnv, secret } from '@shopfast/kit/env';
import { redisEnv } from '@shopfast/kit/redis/settings';
import { z } from 'zod';

const variables = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** From "not ready" until the port is closed. */
  DRAIN_SECONDS: drainSeconds,
  /** Port of `/metrics`, separate from the public port. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Several gateway processes listen on one port. */
  REUSE_PORT: z.stringbool().default(false),
  DATABASE_URL: databaseUrl,
  /** What is in front of Postgres: nothing, or a pooler in transaction mode. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  DB_POOL: z.coerce.number().int().min(1).max(20).default(3),
  /** The URL that shoppers open; also the issuer of reservation tokens. */
  PUBLIC_URL: publicUrl.default('http://localhost:3000'),
  /** The checkout behind the gateway. */
  CHECKOUT_URL: z.url().default('http://127.0.0.1:3001'),
  /** The workers behind the gateway, for their operators' calls. */
  WORKERS_URL: z.url().default('http://127.0.0.1:3002'),
  /** A file with the routing of paths, and which of them need a reservation (docs/protect.md). */
  PROTECT_CONFIG: z.string().optional(),
  /** A folder with the shop's own waiting pages (docs/waiting-page.md). */
  WAITING_PAGES: z.string().min(1).optional(),
  /** Where the sandbox's e-mails can be read: a link on the home page. Unset with a real mail server. */
  INBOX_URL: z.url().optional(),
  /** Signs tickets. Several, comma-separated: the first signs, all are accepted. */
  TICKET_SECRET: z
    .string({ error: 'is required: a random secret of at least 32 characters (try: openssl rand -hex 32)' })
    .transform((list) => list.split(','))
    .pipe(z.array(secret).min(1)),
  /** Encrypts the private signing keys at rest in Postgres. */
  KEY_ENCRYPTION_SECRET: secret,
  /** The first owner's admin key. Further keys are created through the API. */
  ADMIN_KEY: z
    .string()
    .regex(/^adm_[\w-]{32,}$/, 'must be adm_ and at least 32 random characters')
    .optional(),
  /** Each stream holds a connection, and so a file descriptor. */
  MAX_EVENT_STREAMS: z.coerce.number().int().min(0).max(1_000_000).default(15_000),
  TICK_MS: z.coerce.number().int().min(20).max(1_000).default(100),
  /** The proxies in front, as CIDR ranges. X-Forwarded-For is trusted only from them. */
  TRUSTED_PROXIES: proxyRanges(''),
  /** New places per minute for one client address, in addition to the steady ones; 0: no limit. */
  JOIN_BURST_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(1_000),
  /** New places per second that one client address may take continuously. */
  JOINS_PER_SECOND_PER_ADDRESS: z.coerce.number().int().min(0).max(100_000).default(20),
  /** Addresses per minute from which one reservation may open protected paths, at each gateway; 0: no limit. */
  RESERVATION_ADDRESSES_PER_MINUTE: z.coerce.number().int().min(0).max(10_000).default(10),
  /**
   * Requests per second to protected paths with one reservation, averaged over ten seconds, at each gateway; 0: no
   * limit.
   */
  RESERVATION_REQUESTS_PER_SECOND: z.coerce.number().int().min(0).max(100_000).default(50),
  /** Calls per second of one admin key, averaged over ten seconds; 0: no limit. */
  ADMIN_CALLS_PER_SECOND: z.coerce.number().int().min(0).max(100_000).default(500),
  /**
   * Allows webhooks to loopback and private networks. If allowed, an operator can use the gateway to probe the internal
   * network.
   */
  WEBHOOK_ALLOW_PRIVATE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  /** Open connections of one address; 0: no limit. Trusted proxies are exempt. */
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(512),
  /** Requests of one client address whose body is incomplete; 0: no limit. */
  UNFINISHED_REQUESTS_PER_ADDRESS: z.coerce.number().int().min(0).max(1_000_000).default(128),
  /** Whether the limits of addresses also apply to loopback addresses. */
  LIMIT_THIS_MACHINE: z.stringbool().default(false),
  ...timeoutVariables,
  /** The mail server offers SMTPUTF8 (RFC 6531): the local part of an address may contain letters other than a–z. */
  SMTP_UTF8: z.stringbool().default(false),
  LOG_LEVEL: logLevel,
});

/** REDIS_URL and its like: the Redis of the waiting room. */
const schema = z.intersection(variables, redisEnv(''));

export type GatewayEnv = z.output<typeof schema>;
export const readGatewayEnv = (): GatewayEnv => readEnv(schema);
