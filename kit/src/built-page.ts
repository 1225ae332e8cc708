import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { secureHeaders } from 'hono/secure-headers';
import type { HttpEnv } from './http.ts';
import { chooseLocale, LOCALES, type LocaleName } from './i18n/locale.ts';
import { DECIDED_BY, readerLanguages, rememberLanguage } from './i18n/reader-languages.ts';

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

type PolicySource = Exclude<
  NonNullable<NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']>['styleSrc'],
  undefined
>[number];

/**
 * The Content-Security-Policy of a built page: nothing from other origins, no frames, only the styles in its document.
 * @param more hashes of styles that a server adds
 */
export function pagePolicy(documents: ReadonlyMap<LocaleName, string>, ...more: PolicySource[]) {
  const [document = ''] = documents.values();
  const style = /<style>(.*?)<\/style>/s.exec(document)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return { ...CONTENT_SECURITY_POLICY, styleSrc: [`'sha256-${hash}'`, ...more] };
}

/** Origins that a page needs beside its own. */
export type PageNeeds = { scriptSrc?: string[]; frameSrc?: string[]; connectSrc?: string[] };

function withNeeds(policy: ReturnType<typeof pagePolicy>, needs: PageNeeds) {
  return {
    ...policy,
    scriptSrc: [...policy.scriptSrc, ...(needs.scriptSrc ?? [])],
    connectSrc: [...policy.connectSrc, ...(needs.connectSrc ?? [])],
    ...(needs.frameSrc ? { frameSrc: needs.frameSrc } : {}),
  };
}

/** Headers of a page. Only pages of this site see the referrer. */
export const pageHeaders = (contentSecurityPolicy: ReturnType<typeof pagePolicy>): MiddlewareHandler =>
  secureHeaders({ contentSecurityPolicy, referrerPolicy: 'same-origin', strictTransportSecurity: false });

/**
 * Handlers that answer with a built page in the reader's language, or `503` while it is not built. `?lang=de` stores
 * the choice in a cookie and redirects to the address without it.
 * @param folder of the page: `en.html`, `en.html.br` and `en.html.gz` for each language
 */
export function builtPage(folder: string, cacheControl: string, needs: PageNeeds = {}) {
  const plain = readDocuments(folder);
  const documents = new Map([...plain.keys()].map((locale) => [locale, readCodings(folder, locale)]));
  const handler = inReadersLanguage(documents, (document, c) => {
    return sendPage(document, cacheControl, c);
  });
  return [pageHeaders(withNeeds(pagePolicy(plain), needs)), handler] as const;
}

/** Answers with a page in the smallest encoding that the client accepts. */
export function sendPage(document: Codings, cacheControl: string, c: Context<HttpEnv>): Response {
  const coding = codingFor(c);
  if (coding !== 'identity') c.header('Content-Encoding', coding);
  c.header('Vary', 'Accept-Encoding', { append: true });
  c.header('Content-Type', 'text/html; charset=UTF-8');
  c.header('Cache-Control', cacheControl);
  return c.body(document[coding]);
}

type Coding = 'br' | 'gzip' | 'identity';

/** A document in each content encoding. */
export type Codings = Record<Coding, Uint8Array<ArrayBuffer>>;

/** Encodes a document that was filled at run time. */
export function codingsOf(document: string): Codings {
  const plain = new Uint8Array(Buffer.from(document));
  const coded = (bytes: Buffer) => new Uint8Array(bytes);
  return {
    identity: plain,
    br: coded(brotliCompressSync(plain)),
    gzip: coded(gzipSync(plain, { level: 9 })),
  };
}

function readCodings(folder: string, locale: LocaleName): Codings {
  const read = (ending: string) => new Uint8Array(readFileSync(`${folder}/${locale}.html${ending}`));
  return { identity: read(''), br: read('.br'), gzip: read('.gz') };
}

/** The smallest encoding that the client accepts. */
function codingFor(c: Context): Coding {
  const coding = accepts(c, {
    header: 'Accept-Encoding',
    supports: ['br', 'gzip'],
    default: 'identity',
    match: (accepted, { supports, default: plain }) =>
      supports.find((one) => accepted.some(({ type, q }) => type === one && q > 0)) ?? plain,
  });
  // One of `supports`, or `default`.
  return coding as Coding;
}

/** A handler that chooses the version of a page in the reader's language. */
export function inReadersLanguage<Version>(
  versions: ReadonlyMap<LocaleName, Version>,
  answer: (version: Version, c: Context<HttpEnv>) => Response | Promise<Response>,
) {
  const [first, ...others] = versions.keys();
  return (c: Context<HttpEnv>) => {
    if (!first) return c.text(BUILD_THEM, 503);
    const wanted = c.req.query('lang');
    const chosen = LOCALES.find((locale) => locale === wanted);
    if (chosen && versions.has(chosen)) return switchTo(chosen, c);

    const { language } = chooseLocale(readerLanguages(c), [first, ...others]);
    c.header('Vary', DECIDED_BY.join(', '), { append: true });
    c.header('Content-Language', language);
    // `language` is one of the keys.
    return answer(versions.get(language) as Version, c);
  };
}

const BUILD_THEM =
  'The pages are not built: run "npm run build", copy web-waitroom/dist to this service, and start it again.';

/**
 * Readiness asks this once, at the start, because pages are read then.
 * @param folders of the pages that a service needs
 * @returns what is missing and what to do; undefined if every page is there in every language
 */
export function missingPages(folders: string[]): string | undefined {
  const isComplete = folders.every((folder) => readDocuments(folder).size === LOCALES.length);
  return isComplete ? undefined : BUILD_THEM;
}

/** Reads the page in each language from its folder. */
export function readDocuments(folder: string): Map<LocaleName, string> {
  const pathOf = (locale: LocaleName) => `${folder}/${locale}.html`;
  const built = LOCALES.filter((locale) => existsSync(pathOf(locale)));
  return new Map(built.map((locale) => [locale, readFileSync(pathOf(locale), 'utf8')]));
}

function switchTo(language: LocaleName, c: Context) {
  rememberLanguage(c, language);
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete('lang');
  const rest = searchParams.size > 0 ? `?${searchParams}` : '';
  c.header('Cache-Control', 'no-store');
  return c.redirect(pathname + rest, 303);
}
