import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import { bearer } from '../http.ts';
import { mayActAs, type Role } from './roles.ts';

/** Who makes an admin call. */
export type Actor = { keyId: string; name: string; role: Role };
export type AdminEnv = { Variables: { requestId: string; actor: Actor } };

export type KeyCheck = {
  /** Looks an unrevoked key up by its hash; how much of it an address may cause is said by `limits`. */
  findKey(hash: string): Promise<{ id: string; name: string; role: Role } | undefined>;
  clock: Clock;
  /** Pages for browsers live under this path: there, and there alone, the key may come as the password of HTTP Basic. */
  pagesUnder?: string;
  /** Told of each step of a check; whoever refuses the call throws. */
  limits?: {
    adminKeyTried(c: Context): Promise<void> | null;
    adminKeyWasBad(c: Context): Promise<void> | null;
    adminCall(c: Context, keyId: string): Promise<void>;
  };
};

/** A revoked key is refused at the latest after this long. */
const REMEMBER_MS = 5_000;
const REMEMBER_AT_MOST = 1_000;

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * Checks the admin key and puts the actor into the context. Keys are hashed at rest; what Postgres said of one is
 * remembered for a few seconds, so that a flood of calls is no flood of queries.
 */
export function authenticate({ findKey, clock, limits, pagesUnder }: KeyCheck): MiddlewareHandler<AdminEnv> {
  const remembered = new Map<string, { actor: Actor | null; until: number }>();

  async function findActor(c: Context, key: string): Promise<Actor | null> {
    const hash = hashKey(key);
    const now = clock.now();
    const known = remembered.get(hash);
    if (known && known.until > now) return known.actor;
    // An address that guesses keys does not reach Postgres; keys that were good here before are not kept from it.
    if (!known?.actor) await limits?.adminKeyTried(c);
    const row = await findKey(hash);
    const actor = row ? { keyId: row.id, name: row.name, role: row.role } : null;
    if (remembered.size >= REMEMBER_AT_MOST) remembered.clear();
    remembered.set(hash, { actor, until: now + REMEMBER_MS });
    return actor;
  }

  return async (c, next) => {
    const key = pagesUnder && isUnder(pagesUnder, c.req.path) ? keyOfPage(c) : bearer(c);
    if (!key) throw new Problem('key_missing');
    const actor = /^adm_[\w-]{20,200}$/.test(key) ? await findActor(c, key) : null;
    if (!actor) {
      await limits?.adminKeyWasBad(c);
      throw new Problem('key_invalid');
    }
    await limits?.adminCall(c, actor.keyId);
    c.set('actor', actor);
    await next();
  };
}

const isUnder = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`);

/**
 * The key that a browser was given when it asked for one. It sends it along with whatever leads here, so what changes something
 * must come from our own page.
 * @throws Problem origin_forbidden
 */
function keyOfPage(c: Context): string | undefined {
  const credentials = /^basic ([\w+/=-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!credentials) {
    c.header('WWW-Authenticate', 'Basic realm="Admin key as password", charset="UTF-8"');
    return bearer(c);
  }
  const isChange = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (isChange && c.req.header('sec-fetch-site') !== 'same-origin') throw new Problem('origin_forbidden');
  const [, key] = /:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
  return key;
}

/**
 * Stands first before an admin call, so that nothing that the caller sent is read for somebody who may not make the call.
 * @throws Problem role_forbidden
 */
export function requires(needed: Role | ((c: Context<AdminEnv>) => Role)): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    requireRole(c, typeof needed === 'string' ? needed : needed(c));
    await next();
  };
}

/** @throws Problem role_forbidden */
export function requireRole(c: Context<AdminEnv>, needed: Role): Actor {
  const actor = c.get('actor');
  if (!mayActAs(actor.role, needed))
    throw new Problem('role_forbidden', { detail: `This needs a key with the role ${needed}.` });
  return actor;
}
