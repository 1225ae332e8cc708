import { type Catalogue, createTranslate, type Translate } from '@shopfast/kit/i18n/translate';

/** What a page's document brings beside what is seen. */
export type SentPage<C extends Catalogue> = {
  t: Translate<C>;
  /** How numbers, times and money are written: the language of the page, in the reader's own region of it. */
  locale: string;
};

/** Reads the words out of the document, and makes its links to other languages keep the address and the history. */
export function readSentPage<C extends Catalogue>(): SentPage<C> {
  const { lang } = document.documentElement;
  const ofIts = new RegExp(`^${lang}(-\\w+)*$`);
  const locale = navigator.languages.find((one) => ofIts.test(one)) ?? lang;
  const words = document.getElementById('words') as HTMLElement;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a'))
    link.addEventListener('click', switchInPlace);
  return { t: createTranslate<C>(JSON.parse(words.textContent as string), locale), locale };
}

/** Without it the links work, too, but lose what else is in the address, and "back" leads to the former language. */
function switchInPlace(this: HTMLAnchorElement, event: MouseEvent): void {
  event.preventDefault();
  const here = new URL(location.href);
  here.searchParams.set('lang', this.lang);
  location.replace(here);
}
