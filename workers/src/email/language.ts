import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { createTranslate, type Translate } from '@shopfast/kit/i18n/translate';
import { type MailCatalogue, mailCatalogues } from './catalogues.ts';

/** The texts of one language, and how it writes numbers. */
export type Language = { locale: string; catalogue: MailCatalogue; t: Translate<MailCatalogue> };

/** @param wanted BCP 47 tag of the reader's language; unknown and missing languages fall back to English */
export function languageFor(wanted: string | null): Language {
  const { language, locale } = chooseLocale(wanted ? [wanted] : [], LOCALES);
  const catalogue = mailCatalogues[language];
  return { locale, catalogue, t: createTranslate(catalogue, locale) };
}
