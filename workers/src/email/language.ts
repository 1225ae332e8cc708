import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { createTranslate, type Translate } from '@shopfast/kit/i18n/translate';
import { type MailCatalogue, mailCatalogues } from './catalogues.ts';

/** What is said to a reader, and how numbers are written for them. */
export type Language = { locale: string; catalogue: MailCatalogue; t: Translate<MailCatalogue> };

/** @param wanted BCP 47 tag of the reader's language; English when it is not known, or not spoken here */
export function languageFor(wanted: string | null): Language {
  const { language, locale } = chooseLocale(wanted ? [wanted] : [], LOCALES);
  const catalogue = mailCatalogues[language];
  return { locale, catalogue, t: createTranslate(catalogue, locale) };
}
