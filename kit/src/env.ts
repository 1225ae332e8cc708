import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { trustedProxies } from './client-address.ts';
import { isSecureUrl } from './contracts/web-address.ts';
import { messageOf } from './thrown.ts';

/** The environment is invalid. The message lists all errors at once, with their fixes. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

/**
 * Variables that hold a secret, or an address with a password in it. Each can be given as a file instead: `NAME_FILE`
 * is the path of a file with the value.
 */
export const FROM_FILES: readonly string[] = [
  ...['DATABASE_URL', 'GATEWAY_PASSWORD', 'CHECKOUT_PASSWORD', 'WORKERS_PASSWORD'],
  ...['REDIS_URL', 'REDIS_PASSWORD', 'REDIS_SENTINEL_PASSWORD'],
  ...['JOBS_REDIS_URL', 'JOBS_REDIS_PASSWORD', 'JOBS_REDIS_SENTINEL_PASSWORD'],
  ...['TICKET_SECRET', 'KEY_ENCRYPTION_SECRET', 'ADMIN_KEY'],
  ...['AUTH_SECRET', 'ORDER_SECRET', 'STRIPE_WEBHOOK_SECRET'],
  ...['GATEWAY_KEY', 'SMTP_URL', 'STRIPE_SECRET_KEY', 'PAYMENT_API_KEY'],
];

/**
 * Reads and checks a service's environment. Empty strings count as unset. The variables of {@link FROM_FILES} are read
 * from files if their `…_FILE` is set.
 * @throws EnvironmentError naming every variable that is missing or wrong
 */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const files = readFiles(given);
  const parsed = schema.safeParse({ ...given, ...files.values });
  if (parsed.success && files.errors.size === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  const errors = issues
    .map((issue) => ({ name: issue.path.join('.'), message: issue.message }))
    // Such a variable is missing only because its file could not be read.
    .filter(({ name }) => !files.errors.has(name))
    .map(({ name, message }) => `  ${name || '(all)'}: ${message}`);
  const lines = [...[...files.errors].map(([name, message]) => `  ${name}_FILE: ${message}`), ...errors];
  throw new EnvironmentError(`The environment is invalid (see docs/operations.md):\n${lines.join('\n')}`);
}

/** The values of `…_FILE` variables, and what is wrong with the others, both by the name without `_FILE`. */
function readFiles(given: NodeJS.ProcessEnv) {
  const values: Record<string, string> = {};
  const errors = new Map<string, string>();
  for (const name of FROM_FILES) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) errors.set(name, `and ${name} are set: set only one of them`);
    else
      try {
        // Editors, and `echo`, end a file with a line break.
        const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
        if (value === '') errors.set(name, `is empty: ${path}`);
        else values[name] = value;
      } catch (error) {
        errors.set(name, `cannot be read: ${messageOf(error)}`);
      }
  }
  return { values, errors };
}

/** A secret: required, without a default, at least 32 characters. */
export const secret = z
  .string({ error: 'is required: a random secret of at least 32 characters (try: openssl rand -hex 32)' })
  .min(32, 'is too short: use at least 32 random characters (try: openssl rand -hex 32)');

export const port = z.coerce.number().int().min(0).max(65_535);

/** Addresses or CIDR ranges, comma-separated. */
export const proxyRanges = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((ranges, context) => {
      try {
        return trustedProxies(ranges);
      } catch (error) {
        context.addIssue({ code: 'custom', message: messageOf(error) });
        return z.NEVER;
      }
    });

export const logLevel = z
  .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  .default('info');

/** Every host with its port: `URL` accepts only one. */
const HOSTS = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?#,]+(?:,[^/?#,]+)*)/;

/** Where Postgres is: `postgres://user:password@host:port/database`. Of several hosts (`a:5432,b:5432`) the primary is used. */
export const databaseUrl = z
  .string({ error: 'is required: postgres://user:password@host:port/database' })
  .refine(
    (text) => {
      const [, start, hosts = ''] = HOSTS.exec(text) ?? [];
      if (start === undefined) return false;
      return hosts.split(',').every((host) => URL.canParse(text.replace(start + hosts, start + host)));
    },
    { error: 'must look like postgres://user:password@host:port/database (several hosts: a:5432,b:5432)' },
  );

/** A URL that shoppers open: https, except on this machine. */
export const publicUrl = z
  .url({ error: 'must be an address such as https://shop.example', abort: true })
  .refine(isSecureUrl, {
    error: 'must be https without a user and password (plain http is accepted for localhost only)',
  });
