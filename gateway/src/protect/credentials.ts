import { BINDING_HEADER } from '@shopfast/kit/contracts/token';
import { hasSecret, startsAsSecret } from '@shopfast/kit/secrets';
import type { UpstreamSettings } from './config.ts';

/**
 * Which of our credentials an upstream receives. `strip`: none. `reservation`: the reservation token and its binding,
 * for a shop that verifies them. `pass`: also sessions of accounts, order tokens and admin keys, for our own checkout
 * and workers.
 */
export type CredentialsPolicy = UpstreamSettings['credentials'];

/** Names of all cookies that our services set. */
const OWN_COOKIE = /^(?:__host-(?:ticket|bind|res)_|__host-account[._-]|shopfast_)/i;

const PASSED_COOKIES: Record<CredentialsPolicy, RegExp | null> = {
  strip: null,
  reservation: /^__Host-(?:bind|res)_/,
  pass: /^(?:__Host-bind_|__Host-account[._-]|shopfast_)/,
};

/** Cookies with names of ours that an upstream may set: accounts and the language belong to the checkout. */
const SETTABLE_COOKIES: Record<CredentialsPolicy, RegExp | null> = {
  strip: null,
  reservation: null,
  pass: /^(?:__Host-account[._-]|shopfast_)/,
};

/**
 * Removes from a header what would let its reader act as the shopper or as an operator.
 * @param name in lower case, with hyphens
 * @returns the value to send; null: drop the header
 */
export function withoutOwnCredentials(name: string, value: string, policy: CredentialsPolicy): string | null {
  if (name === 'cookie') return passedCookies(value, policy);
  if (name === 'x-rehearsal') return null;
  if (name === BINDING_HEADER) return policy === 'strip' ? null : value;
  if (name === 'authorization') return isPassedCredential(value, policy) ? value : null;
  return policy !== 'pass' && hasSecret(value) ? null : value;
}

function passedCookies(value: string, policy: CredentialsPolicy): string | null {
  const kept = value.split(';').filter((cookie) => {
    const text = cookie.trim();
    if (OWN_COOKIE.test(text)) return PASSED_COOKIES[policy]?.test(text) ?? false;
    return !hasSecret(text);
  });
  return kept.length > 0 ? kept.join(';').trim() : null;
}

function isPassedCredential(value: string, policy: CredentialsPolicy): boolean {
  const [, scheme = '', credential = ''] = /^\s*(?:(\S+)\s+)?(.*)$/s.exec(value) ?? [];
  if (policy === 'pass') return !/^tkt_/i.test(credential);
  if (/^basic$/i.test(scheme)) return !hasSecret(Buffer.from(credential, 'base64').toString('utf8'));
  if (startsAsSecret(credential)) return false;
  return policy === 'reservation' && credential.startsWith('eyJ') ? true : !hasSecret(value);
}

/** A path with its query, without the parameters that contain a secret of ours. */
export function withoutSecretsInQuery(target: string): string {
  const [path, query] = splitAt(target, target.indexOf('?'));
  if (query === undefined || !hasSecret(query)) return target;
  const kept = query.split('&').filter((parameter) => !hasSecret(parameter));
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}

const splitAt = (text: string, at: number): [string, string?] =>
  at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];

/** Whether an upstream's `Set-Cookie` may pass. With a name of ours it could overwrite or forge our cookies. */
export function maySetCookie(value: string, policy: CredentialsPolicy): boolean {
  // A cookie without a name is sent back as its value alone, so "=__Host-res_x=1" has the same effect as the name.
  const cookie = value.replace(/^[\s=]+/, '');
  return !OWN_COOKIE.test(cookie) || (SETTABLE_COOKIES[policy]?.test(cookie) ?? false);
}
