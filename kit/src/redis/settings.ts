import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';

export type RedisAddress = { host: string; port: number };

/** Which Redis: that of the waiting room (no prefix) or that of the jobs. Its variables start with it. */
export type RedisPrefix = '' | 'JOBS_';

/** How to sign in, and how to encrypt. With `tls`, absent files mean the certificate authorities of Node. */
export type RedisAccess = {
  username?: string | undefined;
  password?: string | undefined;
  /** PEM texts. Undefined: no TLS. */
  tls?: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined } | undefined;
};

/** Where a Redis is: one server, the primary that Sentinels name, or a Cluster. */
export type RedisSettings = RedisAccess & { prefix: RedisPrefix } & (
    | { kind: 'server'; url: string }
    | { kind: 'sentinel'; sentinels: RedisAddress[]; name: string; sentinelAccess: RedisAccess }
    | { kind: 'cluster'; nodes: RedisAddress[] }
  );

/** All variables of one Redis, without the prefix of {@link RedisPrefix}. docs/operations.md describes them. */
const variables = z.object({
  /** One server. */
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must look like redis://host:6379' }).optional(),
  /** The Sentinels, the name by which they know the primary, and how to sign in at the Sentinels themselves. */
  REDIS_SENTINELS: addresses(26_379).optional(),
  REDIS_SENTINEL_NAME: z.string().optional(),
  REDIS_SENTINEL_USERNAME: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  /** Some nodes of a Cluster. They name the others. */
  REDIS_CLUSTER: addresses(6_379).optional(),
  /** An ACL user. Without a username: the user "default". */
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
  /** TLS to servers, nodes and Sentinels. On with a rediss:// URL. */
  REDIS_TLS: z.stringbool().optional(),
  /** A private certificate authority, and a client certificate with its key: PEM files. */
  REDIS_TLS_CA_FILE: textFile().optional(),
  REDIS_TLS_CERT_FILE: textFile().optional(),
  REDIS_TLS_KEY_FILE: textFile().optional(),
});

type Given = z.output<typeof variables>;
type Name = keyof Given;

/**
 * The settings of one Redis, as `redis`, from the variables that start with the prefix. Combine it with a service's own
 * schema by `z.intersection`.
 */
export const redisEnv = (prefix: RedisPrefix) =>
  z.record(z.string(), z.unknown()).transform((environment, context): { redis: RedisSettings } => {
    const named = Object.keys(variables.shape).map((name) => [name, environment[prefix + name]]);
    const parsed = variables.safeParse(Object.fromEntries(named));
    const errors = parsed.success
      ? contradictions(parsed.data)
      : parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message] as const);
    for (const [name, message] of errors)
      context.addIssue({ code: 'custom', path: [prefix + name], message: withPrefix(message, prefix) });
    const settings = parsed.success && errors.length === 0 ? settingsOf(parsed.data, prefix) : null;
    return settings ? { redis: settings } : z.NEVER;
  });

/** The settings of one server without TLS files, for programs that know only a URL. */
export const oneServer = (url: string, prefix: RedisPrefix = ''): RedisSettings => ({
  ...{ kind: 'server', url, prefix },
  ...(url.startsWith('rediss:') ? { tls: {} } : {}),
});

function settingsOf(given: Given, prefix: RedisPrefix): RedisSettings | null {
  const access = accessOf(given);
  const { REDIS_URL: url, REDIS_SENTINELS: sentinels, REDIS_CLUSTER: nodes } = given;
  if (url) return { ...access, prefix, kind: 'server', url };
  if (nodes) return { ...access, prefix, kind: 'cluster', nodes };
  if (!sentinels || !given.REDIS_SENTINEL_NAME) return null;
  const sentinelAccess: RedisAccess = {
    username: given.REDIS_SENTINEL_USERNAME,
    password: given.REDIS_SENTINEL_PASSWORD,
    tls: access.tls,
  };
  return { ...access, prefix, kind: 'sentinel', sentinels, name: given.REDIS_SENTINEL_NAME, sentinelAccess };
}

function accessOf(given: Given): RedisAccess {
  const ca = given.REDIS_TLS_CA_FILE;
  const cert = given.REDIS_TLS_CERT_FILE;
  const key = given.REDIS_TLS_KEY_FILE;
  return {
    username: given.REDIS_USERNAME,
    password: given.REDIS_PASSWORD,
    tls: usesTls(given) ? { ca, cert, key } : undefined,
  };
}

const usesTls = (given: Given): boolean => given.REDIS_TLS ?? given.REDIS_URL?.startsWith('rediss:') ?? false;

const KINDS = ['REDIS_URL', 'REDIS_SENTINELS', 'REDIS_CLUSTER'] as const satisfies Name[];
const OF_SENTINELS = [
  'REDIS_SENTINEL_NAME',
  'REDIS_SENTINEL_USERNAME',
  'REDIS_SENTINEL_PASSWORD',
] as const satisfies Name[];
const TLS_FILES = [
  'REDIS_TLS_CA_FILE',
  'REDIS_TLS_CERT_FILE',
  'REDIS_TLS_KEY_FILE',
] as const satisfies Name[];

/** What is missing, and what does not go together: the name to change, and why. */
function contradictions(given: Given): (readonly [Name, string])[] {
  const errors: (readonly [Name, string])[] = [];
  const isGiven = (name: Name) => given[name] !== undefined;
  const demand = (name: Name, isFine: boolean, message: string) => {
    if (!isFine) errors.push([name, message]);
  };

  const [kind, ...others] = KINDS.filter(isGiven);
  demand(
    'REDIS_URL',
    kind !== undefined,
    'is required: redis://host:port. Or set REDIS_SENTINELS and REDIS_SENTINEL_NAME, or REDIS_CLUSTER',
  );
  if (kind) demand(kind, others.length === 0, `and ${others.join(' and ')} are set: set only one of them`);
  if (isGiven('REDIS_SENTINELS'))
    demand(
      'REDIS_SENTINEL_NAME',
      isGiven('REDIS_SENTINEL_NAME'),
      'is required with REDIS_SENTINELS: the name of the primary, such as mymaster',
    );
  else for (const name of OF_SENTINELS) demand(name, !isGiven(name), 'is used only with REDIS_SENTINELS');

  const url = given.REDIS_URL === undefined ? undefined : new URL(given.REDIS_URL);
  demand(
    'REDIS_PASSWORD',
    !(url?.password && isGiven('REDIS_PASSWORD')),
    'is set, and REDIS_URL has a password too: set only one of them',
  );
  demand(
    'REDIS_USERNAME',
    !isGiven('REDIS_USERNAME') || isGiven('REDIS_PASSWORD'),
    'is used only with REDIS_PASSWORD',
  );
  demand(
    'REDIS_SENTINEL_USERNAME',
    !isGiven('REDIS_SENTINEL_USERNAME') || isGiven('REDIS_SENTINEL_PASSWORD'),
    'is used only with REDIS_SENTINEL_PASSWORD',
  );
  return [...errors, ...tlsErrors(given)];
}

function tlsErrors(given: Given): (readonly [Name, string])[] {
  const [file] = TLS_FILES.filter((name) => given[name] !== undefined);
  if (given.REDIS_TLS === false && given.REDIS_URL?.startsWith('rediss:'))
    return [['REDIS_TLS', 'is false, but REDIS_URL starts with rediss://']];
  if (!file) return [];
  if (!usesTls(given)) return [[file, 'is used only with REDIS_TLS=true or a rediss:// URL']];
  const { REDIS_TLS_CA_FILE: ca, REDIS_TLS_CERT_FILE: cert, REDIS_TLS_KEY_FILE: key } = given;
  if (cert && !key) return [['REDIS_TLS_KEY_FILE', 'is required with REDIS_TLS_CERT_FILE']];
  if (key && !cert) return [['REDIS_TLS_CERT_FILE', 'is required with REDIS_TLS_KEY_FILE']];
  try {
    createSecureContext({ ca, cert, key });
    return [];
  } catch (error) {
    return [[file, `or a file beside it is no valid PEM file: ${messageOf(error)}`]];
  }
}

const withPrefix = (message: string, prefix: RedisPrefix) => message.replace(/\bREDIS_/g, `${prefix}REDIS_`);

/** `host:port`, comma-separated. An IPv6 address stands in brackets. */
function addresses(usualPort: number) {
  return z.string().transform((list, context): RedisAddress[] => {
    const found = list.split(',').map((text) => addressOf(text.trim(), usualPort));
    const known = found.filter((address) => address !== null);
    if (known.length === found.length) return known;
    const message = `must be host:port, several comma-separated, such as a.internal:${usualPort},b.internal:${usualPort}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const ADDRESS = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/i;

function addressOf(text: string, usualPort: number): RedisAddress | null {
  const [, ipv6, name, digits] = ADDRESS.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = digits === undefined ? usualPort : Number(digits);
  return host && port > 0 && port <= 65_535 ? { host, port } : null;
}

function textFile() {
  return z.string().transform((path, context) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      context.addIssue({ code: 'custom', message: `cannot be read: ${messageOf(error)}` });
      return z.NEVER;
    }
  });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
