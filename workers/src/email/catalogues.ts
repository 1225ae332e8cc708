import { chooseLocale, LOCALES, type LocaleName } from '@shopfast/kit/i18n/locale';
import { createTranslate, type Translate, type TranslationOf } from '@shopfast/kit/i18n/translate';
import ar from './catalogues/ar.ts';
import de from './catalogues/de.ts';
import en from './catalogues/en.ts';
import es from './catalogues/es.ts';
import fr from './catalogues/fr.ts';
import he from './catalogues/he.ts';
import hi from './catalogues/hi.ts';
import it from './catalogues/it.ts';
import ja from './catalogues/ja.ts';
import ko from './catalogues/ko.ts';
import nl from './catalogues/nl.ts';
import pl from './catalogues/pl.ts';
import ptBR from './catalogues/pt-BR.ts';
import sv from './catalogues/sv.ts';
import tr from './catalogues/tr.ts';
import uk from './catalogues/uk.ts';
import zhHans from './catalogues/zh-Hans.ts';

export type MailCatalogue = TranslationOf<typeof en>;

/** The texts of mails, by language. */
export const mailCatalogues: Record<LocaleName, MailCatalogue> = {
  en,
  de,
  fr,
  es,
  it,
  'pt-BR': ptBR,
  nl,
  pl,
  sv,
  uk,
  tr,
  ar,
  he,
  hi,
  ja,
  ko,
  'zh-Hans': zhHans,
};

/** The texts of one language, and how it writes numbers. */
export type Language = { locale: string; catalogue: MailCatalogue; t: Translate<MailCatalogue> };

/** @param wanted BCP 47 tag of the reader's language; unknown and missing languages fall back to English */
export function languageFor(wanted: string | null): Language {
  const { language, locale } = chooseLocale(wanted ? [wanted] : [], LOCALES);
  const catalogue = mailCatalogues[language];
  return { locale, catalogue, t: createTranslate(catalogue, locale) };
}
