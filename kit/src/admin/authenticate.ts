import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import { bearer } from '../http.ts';
import type { BadKeys } from './bad-keys.ts';
import { mayActAs, type Role } from './roles.ts';

/** The authenticated caller of an admin call. */
export type Actor = { keyId: string; name: string; role: Role };
export type AdminEnv = { Variables: { requestId: string; actor: Actor } };

/** What all admin routes of one service share. With one shared budget, no route lets a caller guess more bad keys. */
export type AdminAccess = {
  badKeys: BadKeys;
  /** The client's address. */
  addressOf(c: Context): string | null;
};

export type KeyCheck = AdminAccess & {
  /** Finds an unrevoked key by its hash. Not called for an address that has shown too many bad keys. */
  findKey(hash: string): Promise<{ id: string; name: string; role: Role } | undefined>;
  clock: Clock;
  /** Pages for browsers live under this path. Only there the key may be the password of HTTP Basic. */
  pagesUnder?: string;
  /** Called for each call with a good key. It throws to refuse the call. */
  adminCall?(c: Context, keyId: string): Promise<void>;
};

/** A revoked key is refused after this time at the latest. */
const CACHE_MS = 5_000;
const MAX_CACHED = 1_000;

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * Checks the admin key and puts the actor into the context. Keys are hashed at rest. A look-up is cached for a few
 * seconds, so that a flood of calls does not become a flood of queries.
 */
export function authenticate(check: KeyCheck): MiddlewareHandler<AdminEnv> {
  const { findKey, clock, badKeys, pagesUnder } = check;
  const cached = new Map<string, { actor: Actor | null; until: number }>();
  /** Concurrent calls with the same key share one look-up, and count once. */
  const pending = new Map<string, Promise<Actor | null>>();

  async function lookUp(hash: string): Promise<Actor | null> {
    const row = await findKey(hash);
    const actor = row ? { keyId: row.id, name: row.name, role: row.role } : null;
    if (cached.size >= MAX_CACHED) cached.clear();
    cached.set(hash, { actor, until: clock.now() + CACHE_MS });
    return actor;
  }

  /** Counts before the look-up. Otherwise many concurrent guesses would all be looked up before the first one fails. */
  async function countAndLookUp(address: string | null, hash: string): Promise<Actor | null> {
    await badKeys.tried(address);
    let actor: Actor | null | undefined;
    try {
      actor = await lookUp(hash);
    } finally {
      if (actor !== null) await badKeys.wasGood(address);
    }
    return actor;
  }

  async function findActor(address: string | null, key: string): Promise<Actor | null> {
    const hash = hashKey(key);
    const known = cached.get(hash);
    const isFresh = known !== undefined && known.until > clock.now();
    if (isFresh && known.actor) return known.actor;
    if (isFresh) {
      await badKeys.tried(address);
      return null;
    }
    const question = `${hash} ${address}`;
    let answer = pending.get(question);
    if (!answer) {
      // A key that was good before is always looked up, even when its address has shown many bad keys.
      answer = known?.actor ? lookUp(hash) : countAndLookUp(address, hash);
      pending.set(question, answer);
      void answer.catch(() => {}).finally(() => pending.delete(question));
    }
    return answer;
  }

  return async (c, next) => {
    const key = pagesUnder && isUnder(pagesUnder, c.req.path) ? keyOfPage(c) : bearer(c);
    if (!key) throw new Problem('key_missing');
    const address = check.addressOf(c);
    const isKey = /^adm_[\w-]{20,200}$/.test(key);
    if (!isKey) await badKeys.tried(address);
    const actor = isKey ? await findActor(address, key) : null;
    if (!actor) throw new Problem('key_invalid');
    await check.adminCall?.(c, actor.keyId);
    c.set('actor', actor);
    await next();
  };
}

const isUnder = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`);

/**
 * The key that the browser sends as HTTP Basic password. The browser adds it to every request to this path, also from
 * foreign pages. So a request that changes something must come from our own page.
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

/** Checks the role first, before anything else of the request is read. */
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
