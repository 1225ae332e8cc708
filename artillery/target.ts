import { isIPv4 } from 'node:net';
import { OptionsError } from './options-error.ts';

/**
 * The origin to put load on. Without `ownsHost` only this machine: a mistyped address must not become an attack.
 * @throws OptionsError
 */
export function readTarget(text: string, { ownsHost }: { ownsHost: boolean }): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new OptionsError(`--target must be an address like http://localhost:3000, not "${text}".`);
  }
  if (url.href !== `${url.origin}/`) {
    throw new OptionsError(`--target must be an address without path, query or password: ${url.origin}`);
  }
  if (!isLoopback(url.hostname) && !ownsHost) {
    throw new OptionsError(
      `${url.hostname} is not this machine. Load tests belong on machines of your own: ` +
        'if it is one, add --i-own-this-host.',
    );
  }
  return url.origin;
}

/** Whether a URL's host name always means this machine, independent of any name server. */
export function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIPv4(hostname) && hostname.startsWith('127.');
}
