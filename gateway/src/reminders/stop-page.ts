import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { smallPage } from '../small-page.ts';
import { stopWords } from './stop-words.ts';

/**
 * The page behind the unsubscribe link of a reminder.
 * @param wanted the reader's languages, best first
 */
export function stopPage(wanted: string[], about: 'ask' | 'done' | 'unknown'): string {
  const { language } = chooseLocale(wanted, LOCALES);
  const words = stopWords[language];
  const title = { ask: words.ask, done: words.done, unknown: words.unknown }[about];
  const more = { ask: words.askMore, done: words.doneMore, unknown: words.unknownMore }[about];
  return smallPage({ language, title, more, ...(about === 'ask' ? { button: words.button } : {}) });
}
