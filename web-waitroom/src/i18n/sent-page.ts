import { createTranslate, type Messages, type Translate } from '@shopfast/kit/i18n/translate';

/** Data in a page's document, besides the visible content. */
export type SentPage<M extends Messages> = {
  t: Translate<M>;
  /** The locale of numbers, times and money: the page's language in the reader's own region. */
  locale: string;
};

/** Reads the words from the document, and lets its language links keep the address and the history. */
export function readSentPage<M extends Messages>(): SentPage<M> {
  const { lang } = document.documentElement;
  const ofIts = new RegExp(`^${lang}(-\\w+)*$`);
  const locale = navigator.languages.find((one) => ofIts.test(one)) ?? lang;
  // Every page's document has it.
  const words = document.getElementById('words') as HTMLElement;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a'))
    link.addEventListener('click', switchInPlace);
  // An element has a text.
  return { t: createTranslate<M>(JSON.parse(words.textContent as string), locale), locale };
}

/** Without this the links work, but lose the rest of the address, and "back" leads to the old language. */
function switchInPlace(this: HTMLAnchorElement, event: MouseEvent): void {
  event.preventDefault();
  const here = new URL(location.href);
  here.searchParams.set('lang', this.lang);
  location.replace(here);
}
