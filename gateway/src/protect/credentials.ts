import { BINDING_HEADER } from '@shopfast/kit/contracts/token';
import { hasSecret, startsAsSecret } from '@shopfast/kit/secrets';
import type { UpstreamSettings } from './config.ts';

/**
 * Which of our credentials an upstream receives.
 * `strip`: none. `reservation`: the reservation token and its binding, for a shop that verifies them. `pass`: what our own
 * checkout and workers need: also sessions of accounts, order tokens and admin keys.
 */
export type CredentialsPolicy = UpstreamSettings['credentials'];

/** Names of all cookies that our services set. */
const OWN_COOKIE = /^(?:__host-(?:ticket|bind|res)_|__host-account[._-]|shopfast_)/i;

const PASSED_COOKIES: Record<CredentialsPolicy, RegExp | null> = {
  strip: null,
  reservation: /^__Host-(?:bind|res)_/,
  pass: /^(?:__Host-bind_|__Host-account[._-]|shopfast_)/,
};

/** Cookies that an upstream may set under a name of ours: accounts and the language are the checkout's. */
const SETTABLE_COOKIES: Record<CredentialsPolicy, RegExp | null> = {
  strip: null,
  reservation: null,
  pass: /^(?:__Host-account[._-]|shopfast_)/,
};

/**
 * A header of a request without what would let its reader act as the shopper or as an operator.
 * @param name in lower case, with hyphens
 * @returns the value that is sent on; null: the header is not
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

/** A path with its query, without the parameters that hold a secret of ours. */
export function withoutSecretsInQuery(target: string): string {
  const [path, query] = splitAt(target, target.indexOf('?'));
  if (query === undefined || !hasSecret(query)) return target;
  const kept = query.split('&').filter((parameter) => !hasSecret(parameter));
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}

const splitAt = (text: string, at: number): [string, string?] =>
  at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];

/** Whether an upstream's `Set-Cookie` may pass: one under a name of ours would take or forge what we gave the browser. */
export function maySetCookie(value: string, policy: CredentialsPolicy): boolean {
  // A cookie without a name comes back as its value alone, so "=__Host-res_x=1" is as good as the name.
  const cookie = value.replace(/^[\s=]+/, '');
  return !OWN_COOKIE.test(cookie) || (SETTABLE_COOKIES[policy]?.test(cookie) ?? false);
}
