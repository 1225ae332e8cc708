import { translateOf } from '@shopfast/kit/i18n/catalogues';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import type { MailsMessages } from '@shopfast/kit/i18n/messages/mails';
import type { Translate } from '@shopfast/kit/i18n/translate';

/** The texts of mails in one language, and how it writes numbers. */
export type Language = { locale: string; t: Translate<MailsMessages> };

/** @param wanted BCP 47 tag of the reader's language; unknown and missing languages fall back to English */
export function languageFor(wanted: string | null): Language {
  const { language, locale } = chooseLocale(wanted ? [wanted] : [], LOCALES);
  return { locale, t: translateOf('mails', language, locale) };
}
