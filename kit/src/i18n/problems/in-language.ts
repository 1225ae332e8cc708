import { type ErrorCode, errorRegistry } from '../../errors.ts';
import { acceptedLanguages } from '../accept-language.ts';
import { chooseLocale, LOCALES, type LocaleName } from '../locale.ts';
import { chosenLanguage } from '../reader-languages.ts';
import ar from './ar.ts';
import de from './de.ts';
import es from './es.ts';
import fr from './fr.ts';
import he from './he.ts';
import hi from './hi.ts';
import it from './it.ts';
import ja from './ja.ts';
import ko from './ko.ts';
import nl from './nl.ts';
import pl from './pl.ts';
import ptBR from './pt-BR.ts';
import sv from './sv.ts';
import type { ProblemTitles } from './titles.ts';
import tr from './tr.ts';
import uk from './uk.ts';
import zhHans from './zh-Hans.ts';

const TRANSLATED: Record<Exclude<LocaleName, 'en'>, ProblemTitles> = {
  ...{ ar, de, es, fr, he, hi, it, ja, ko, nl, pl, sv, tr, uk },
  'pt-BR': ptBR,
  'zh-Hans': zhHans,
};

/** The request headers that decide the reader's language. */
export type Reader = { acceptLanguage: string | undefined; cookie: string | undefined };

/** Few different headers occur, so each is parsed once. The size is limited, because clients can send anything. */
const known = new Map<string, LocaleName>();
const MAX_KNOWN = 1_000;

/** The title of an error in the reader's language. RFC 9457 (3.1.3) allows a title to change only for that reason. */
export function titleFor(code: ErrorCode, reader: Reader): { title: string; language: LocaleName } {
  const language = languageOf(reader);
  const title = language === 'en' ? errorRegistry[code].title : TRANSLATED[language][code];
  return { title, language };
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
