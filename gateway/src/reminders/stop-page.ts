import { translateOf } from '@shopfast/kit/i18n/catalogues';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { smallPage } from '../small-page.ts';

/**
 * The page behind the unsubscribe link of a reminder.
 * @param wanted the reader's languages, best first
 */
export function stopPage(wanted: string[], about: 'ask' | 'done' | 'unknown'): string {
  const { language } = chooseLocale(wanted, LOCALES);
  const t = translateOf('mail-pages', language);
  return smallPage({
    language,
    title: t(`stop.${about}`),
    more: t(`stop.${about}_more`),
    ...(about === 'ask' ? { button: t('stop.button') } : {}),
  });
}
