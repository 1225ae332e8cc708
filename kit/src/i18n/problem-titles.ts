import type { ErrorCode } from '../errors.ts';
import { acceptedLanguages } from './accept-language.ts';
import { translateOf } from './catalogues.ts';
import { chooseLocale, LOCALES, type LocaleName } from './locale.ts';
import { once } from './once.ts';
import { chosenLanguage } from './reader-languages.ts';

const TITLES = new Map(LOCALES.map((language) => [language, once(() => translateOf('problems', language))]));

/** The request headers that decide the reader's language. */
export type Reader = { acceptLanguage: string | undefined; cookie: string | undefined };

/** Few different headers occur, so each is parsed once. The size is limited, because clients can send anything. */
const known = new Map<string, LocaleName>();
const MAX_KNOWN = 1_000;

/** The title of an error in the reader's language. RFC 9457 (3.1.3) allows a title to change only for that reason. */
export function titleFor(code: ErrorCode, reader: Reader): { title: string; language: LocaleName } {
  const language = languageOf(reader);
  return { title: TITLES.get(language)!()(code), language };
}

function languageOf({ acceptLanguage, cookie }: Reader): LocaleName {
  const chosen = chosenLanguage(cookie);
  if (!acceptLanguage && !chosen) return 'en';
  const key = `${chosen ?? ''}|${acceptLanguage ?? ''}`;
  const before = known.get(key);
  if (before) return before;
  const { language } = chooseLocale(
    [...(chosen ? [chosen] : []), ...acceptedLanguages(acceptLanguage)],
    LOCALES,
  );
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, language);
  return language;
}
