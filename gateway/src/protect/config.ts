import { readFileSync } from 'node:fs';
import { roomId } from '@shopfast/kit/contracts/text';
import { EnvironmentError } from '@shopfast/kit/env';
import { z } from 'zod';
import { isReserved, type Rule } from './rules.ts';

const milliseconds = (most: number) => z.number().int().min(1).max(most);

const NO_NAMES: string[] = [];
const headerNames = z
  .array(z.string().regex(/^[a-z0-9-]+\*?$/, 'must be the name of a header, in lower case with hyphens'))
  .max(100);

const upstreamSettings = z.strictObject({
  /** Scheme, host, port, and an optional path prefix for every request. */
  url: z.string().refine(isServerAddress, 'must be an http(s) address without user, query or fragment'),
  /** The `Host` that the upstream sees: its own, or the visitor's. */
  host: z.enum(['upstream', 'pass']).default('upstream'),
  /** Which of our credentials the upstream receives (see credentials.ts). */
  credentials: z.enum(['strip', 'reservation', 'pass']).default('strip'),
  /** Request headers that the upstream never gets; a trailing `*` is a wildcard. */
  strip_headers: headerNames.default(NO_NAMES),
  /** Headers about the visitor that the upstream gets from any client, though normally only from a trusted proxy. */
  pass_headers: headerNames.default(NO_NAMES),
  connect_timeout_ms: milliseconds(60_000).default(3_000),
  /** From the last byte of the request to the head of the answer. */
  headers_timeout_ms: milliseconds(600_000).default(15_000),
  /** Silence in the middle of a body, in either direction. */
  body_timeout_ms: milliseconds(600_000).default(30_000),
  /** Silence on a WebSocket or an event stream. */
  stream_timeout_ms: milliseconds(3_600_000).default(300_000),
  /** The minimum average rate of a body over `body_timeout_ms`, in bytes a second; 0: at least one byte. */
  min_body_rate: z.number().int().min(0).max(1_000_000_000).default(100),
  /** Concurrent requests without a body (GET, HEAD, OPTIONS). */
  max_connections: z.number().int().min(1).max(10_000).default(64),
  /** Concurrent other requests whose body is complete; default: `max_connections`. */
  max_writes: z.number().int().min(1).max(10_000).optional(),
  /**
   * Concurrent bodies over 64 kB, or of unknown length, that are streamed; default: 16, or `max_connections` if lower.
   */
  max_uploads: z.number().int().min(1).max(10_000).optional(),
  /** Requests that may wait for a connection; further ones get 503 at once. */
  max_waiting: z.number().int().min(0).max(100_000).default(256),
  /** WebSockets and event streams, which hold a connection for long. */
  max_streams: z.number().int().min(0).max(100_000).default(1_000),
  /** The share of each of these limits that one address may use. This machine may use all. */
  address_share: z.number().gt(0).max(1).default(0.5),
});
export type UpstreamSettings = z.output<typeof upstreamSettings>;

const upstream = z.preprocess(
  (given) => (typeof given === 'string' ? { url: given } : given),
  upstreamSettings,
);

const rule = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[!-~]*$/, 'must be a path: a slash, then printable ASCII')
      .refine((path) => !/[?#\\]/.test(path), 'must be a path alone, without query, fragment or backslash')
      .refine((path) => !/\*[^/]*\*/.test(path), 'may have one * in each segment')
      .refine((path) => !isReserved(path), 'is answered by the gateway itself'),
    methods: z
      .array(z.string().regex(/^[A-Z]+$/, 'must be a method in capitals'))
      .min(1)
      .optional(),
    upstream: z.string(),
    room: roomId.optional(),
    open: z.literal(true).optional(),
  })
  .refine((given) => (given.room === undefined) !== (given.open === undefined), {
    error: 'needs either "room": "<id>" or "open": true',
  });

const file = z.strictObject({
  upstreams: z
    .record(z.string().regex(/^[a-z0-9-]{1,40}$/, 'a name is 1 to 40 of a-z, 0-9 and -'), upstream)
    .default({}),
  rules: z.array(rule).min(1, 'needs at least one rule').max(1_000),
});

export type ProtectConfig = { upstreams: Record<string, UpstreamSettings>; rules: Rule[] };

/** Our own services. Rules refer to them by these names without a description: `CHECKOUT_URL`, `WORKERS_URL`. */
export type OwnServices = { checkout: string; workers: string };
const OWN_NAMES = ['checkout', 'workers'] as const satisfies (keyof OwnServices)[];

/** The paths that our own checkout answers: its API and the sample shop. */
const CHECKOUT_PATHS = [
  '/shop/*',
  '/v1/products/*',
  '/v1/admin/products/*',
  '/v1/admin/orders/*',
  '/v1/orders/*',
  '/v1/payments/*',
  '/v1/auth/*',
  '/v1/me/*',
];

/** Operators' calls of the workers. */
const WORKERS_PATHS = ['/v1/admin/dead-letters/*', '/v1/admin/jobs/*'];

/**
 * Without a file, the paths of our services are open. The services check reservations and keys, so they get the
 * credentials.
 */
export function defaultProtectConfig(services: OwnServices): ProtectConfig {
  const open = (upstream: keyof OwnServices) => (path: string) => ({
    ...{ path, methods: null, upstream, room: null },
  });
  return {
    upstreams: ownUpstreams(services),
    rules: [...CHECKOUT_PATHS.map(open('checkout')), ...WORKERS_PATHS.map(open('workers'))],
  };
}

function ownUpstreams({ checkout, workers }: OwnServices) {
  return {
    checkout: upstreamSettings.parse({ url: checkout, credentials: 'pass' }),
    workers: upstreamSettings.parse({ url: workers, credentials: 'pass' }),
  };
}

/**
 * Reads the file that `PROTECT_CONFIG` names.
 * @throws EnvironmentError naming all errors in it
 */
export function readProtectConfig(path: string, services: OwnServices): ProtectConfig {
  const raw = readJson(path);
  const parsed = file.safeParse(raw);
  const errors = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`),
    ...unknownUpstreams(raw),
  ];
  if (!parsed.success || errors.length > 0)
    throw new EnvironmentError(
      `${path} (PROTECT_CONFIG) is invalid (see docs/protect.md):\n${errors.map((error) => `  ${error}`).join('\n')}`,
    );
  return {
    upstreams: { ...ownUpstreams(services), ...parsed.data.upstreams },
    rules: parsed.data.rules.map(({ path, methods, upstream, room }) => ({
      path,
      methods: methods ?? null,
      upstream,
      room: room ?? null,
    })),
  };
}

/** The rooms whose reservation some path requires. */
export function protectedRooms(config: ProtectConfig | undefined): ReadonlySet<string> {
  return new Set(config?.rules.flatMap(({ room }) => room ?? []) ?? []);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new EnvironmentError(
      `${path} (PROTECT_CONFIG) cannot be read: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

/** Checked in the raw file, so that these errors are reported together with those of the schema. */
function unknownUpstreams(raw: unknown): string[] {
  const { upstreams, rules }: { upstreams?: unknown; rules?: unknown } = Object(raw);
  const known = new Set<string>([...OWN_NAMES, ...Object.keys(Object(upstreams))]);
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((one, index) => {
    const name = Object(one).upstream;
    return typeof name === 'string' && !known.has(name)
      ? [`rules.${index}.upstream: there is no upstream "${name}"`]
      : [];
  });
}

function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
