import { spell, type Target } from './path.ts';

/** The upstream of a path, and its requirement: a reservation for `room`, or nothing (null). */
export type Rule = { path: string; methods: readonly string[] | null; upstream: string; room: string | null };

/** The first rule for a path (in normal form, see `spell`) and a method, or null. */
export type MatchRule = (method: string, path: string) => Rule | null;

/** Paths that the gateway always answers itself, before any rule. */
const RESERVED = [
  '/v1/rooms',
  '/v1/admin',
  '/w',
  '/admin',
  '/healthz',
  '/readyz',
  '/metrics',
  '/docs',
  '/openapi.json',
  '/.well-known/jwks.json',
];

/**
 * Exceptions below them: the admin calls of the checkout and the workers. The gateway checks the key before it proxies
 * them.
 */
export const PROXIED = ['/v1/admin/products', '/v1/admin/orders', '/v1/admin/dead-letters', '/v1/admin/jobs'];

/** Whether all paths that a path (or a rule's path) matches belong to the gateway. */
export function isReserved(path: string): boolean {
  const spelled = spell(path);
  return RESERVED.some(isIn(spelled)) && !PROXIED.some(isIn(spelled));
}

const isIn = (path: string) => (own: string) => path === own || path.startsWith(`${own}/`);

/**
 * Whether a path can be read as an operators' call. Only the literal spelling reaches the key check. All other
 * spellings must be refused.
 */
export function isForOperators({ path, readings }: Target): boolean {
  return [path, ...(readings ?? [])].some((reading) => isIn(reading)('/v1/admin'));
}

/**
 * Compiles a rule's path: `/cart` is that path, `/cart/*` that path and all below it, and any other `*` matches any
 * characters within one segment (`/item-*`).
 */
export function compilePath(pattern: string): (path: string) => boolean {
  const beneath = pattern.endsWith('/*');
  const spelled = spell(beneath ? pattern.slice(0, -2) : pattern);
  const source =
    spelled === '/' && beneath ? '' : spelled.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  const test = new RegExp(`^${source}${beneath ? '(?:/.*)?' : ''}$`);
  return (path) => test.test(path);
}

export function compileRules(rules: readonly Rule[]): MatchRule {
  const compiled = rules.map((rule) => ({ rule, matches: compilePath(rule.path) }));
  return (method, path) => {
    if (isReserved(path)) return null;
    for (const { rule, matches } of compiled) if (takes(rule, method) && matches(path)) return rule;
    return null;
  };
}

/** A rule for GET also matches HEAD. */
function takes({ methods }: Rule, method: string): boolean {
  return methods === null || methods.includes(method) || (method === 'HEAD' && methods.includes('GET'));
}
