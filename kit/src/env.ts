import { z } from 'zod';
import { trustedProxies } from './client-address.ts';
import { isSecureUrl } from './contracts/web-address.ts';
import { messageOf } from './thrown.ts';

/** The environment is invalid. The message lists all errors at once, with their fixes. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

/**
 * Reads and checks a service's environment. Empty strings count as unset.
 * @throws EnvironmentError naming every variable that is missing or wrong
 */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(all)'}: ${issue.message}`);
  throw new EnvironmentError(`The environment is invalid (see docs/operations.md):\n${errors.join('\n')}`);
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
