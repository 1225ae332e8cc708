import type { UpstreamSettings } from './config.ts';

/**
 * Headers that only a trusted proxy may set: the visitor's identity, the requested address, the intended method. From
 * anybody else they are claims that a server behind us might believe. In lower case, with hyphens; a trailing `*` is a
 * wildcard.
 */
const CLAIMS = [
  // The address of the visitor.
  ...['true-client-ip', 'client-ip', 'x-client-ip', 'x-cluster-client-ip', 'x-real-ip', 'x-remote-ip'],
  ...['x-remote-addr', 'remote-addr', 'x-originating-ip', 'x-proxyuser-ip', 'proxy-client-ip', 'x-proxy-*'],
  ...['wl-proxy-*', 'x-azure-*', 'x-appengine-*', 'x-envoy-*', 'x-akamai-*', 'akamai-*', 'fastly-*', 'cf-*'],
  ...['cloudfront-*', 'x-nf-*', 'x-vercel-*', 'fly-*', 'do-connecting-ip', 'x-client-address'],
  ...['x-forwarded', 'x-forwarded-*', 'x-forwarder-for', 'x-forward-for', 'forwarded-for', 'forwarded-for-*'],
  ...['x-original-*', 'x-true-client-ip', 'x-coming-from'],
  // The requested address, and its protocol.
  ...['x-rewrite-url', 'x-override-url', 'x-host', 'x-http-host-override', 'host-override', 'x-url-scheme'],
  ...['x-scheme', 'front-end-https', 'x-arr-*', 'x-waws-*', 'x-accel-*', 'x-sendfile', 'x-sendfile-type'],
  ...['x-script-name', 'script-name', 'path-info', 'request-uri', 'x-request-uri', 'proxy'],
  // The intended method.
  ...['x-http-method-override', 'x-http-method', 'x-method-override', 'x-method', 'http-method-override'],
  // The identity of the visitor, as another system claims.
  ...['remote-user', 'x-remote-user', 'x-auth-request-*', 'x-authenticated-*', 'x-webauth-*', 'x-goog-iap-*'],
  ...['x-goog-authenticated-*', 'x-ms-client-principal*', 'x-amzn-oidc-*', 'x-ssl-*', 'ssl-client-*'],
  ...[
    'client-cert',
    'client-cert-chain',
    'x-client-cert*',
    'x-client-dn',
    'x-client-verify',
    'x-tls-client-*',
  ],
];

const MAX_CACHED = 1_000;

/** Compiles names (`*` at the end: prefixes) to one test. */
function nameTest(names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

const isClaim = cached(nameTest(CLAIMS));

/** Caches results, because clients send the same few names all the time. */
function cached(test: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    let result = known.get(name);
    if (result === undefined) {
      result = test(name);
      if (known.size < MAX_CACHED) known.set(name, result);
    }
    return result;
  };
}

const tests = new WeakMap<readonly string[], (name: string) => boolean>();

function isNamed(names: readonly string[], name: string): boolean {
  if (names.length === 0) return false;
  let test = tests.get(names);
  if (!test) {
    test = nameTest(names);
    tests.set(names, test);
  }
  return test(name);
}

/**
 * Whether a request's header is removed: it is in the list above and the sender is not a trusted proxy, or the operator
 * strips it. `pass_headers` lets it through from anybody.
 * @param name in lower case, with hyphens
 */
export function isStripped(
  name: string,
  isTrusted: boolean,
  { strip_headers, pass_headers }: Pick<UpstreamSettings, 'strip_headers' | 'pass_headers'>,
): boolean {
  if (isNamed(strip_headers, name)) return true;
  return !isTrusted && isClaim(name) && !isNamed(pass_headers, name);
}
