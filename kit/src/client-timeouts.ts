import { z } from 'zod';

const milliseconds = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** How long a server waits for its clients. Spread into the schema of each service's environment. */
export const timeoutVariables = {
  /** To the first byte of a new connection, and to the end of a request's head. */
  HEADERS_TIMEOUT_MS: milliseconds(100, 600_000).default(10_000),
  /** A body must reach `MIN_BODY_RATE` on average in every window of this length. */
  BODY_TIMEOUT_MS: milliseconds(100, 3_600_000).default(10_000),
  /** Bytes per second; 0: one byte in each window is enough. */
  MIN_BODY_RATE: z.coerce.number().int().min(0).max(1_000_000_000).default(100),
  /** For a whole request, even if data keeps arriving. */
  REQUEST_TIMEOUT_MS: milliseconds(1_000, 86_400_000).default(3_600_000),
  /** Between two requests on one connection. Must be longer than that of the proxies in front. */
  KEEP_ALIVE_TIMEOUT_MS: milliseconds(1_000, 3_600_000).default(65_000),
};

type TimeoutEnv = z.output<z.ZodObject<typeof timeoutVariables>>;

/** The same values as `listen` takes them. */
export const timeoutsOf = (env: TimeoutEnv) => ({
  headersMs: env.HEADERS_TIMEOUT_MS,
  requestMs: env.REQUEST_TIMEOUT_MS,
  keepAliveMs: env.KEEP_ALIVE_TIMEOUT_MS,
  body: { windowMs: env.BODY_TIMEOUT_MS, bytesPerSecond: env.MIN_BODY_RATE },
});
