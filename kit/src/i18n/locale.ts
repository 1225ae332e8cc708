/** The languages of ShopFast, as BCP 47 tags; English first, the one that everything falls back to. */
export const LOCALES = [
  ...['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'sv'],
  ...['uk', 'tr', 'ar', 'he', 'hi', 'ja', 'ko', 'zh-Hans'],
] as const;
export type LocaleName = (typeof LOCALES)[number];

export type ChosenLocale<Language extends string = string> = {
  /** Which catalogue is used, one of those offered. */
  language: Language;
  /** How numbers, times and money are written: the reader's own region of that language, e.g. `en-GB`. */
  locale: string;
};

/**
 * The first of the reader's languages that there is a catalogue for; otherwise the first catalogue. A catalogue of
 * another region serves too (`pt-PT` reads `pt-BR`), after a closer one.
 * @param wanted BCP 47 tags, the best first; what is none is passed over
 */
export function chooseLocale<const Language extends string>(
  wanted: readonly string[],
  offered: readonly [Language, ...Language[]],
): ChosenLocale<Language> {
  for (const tag of wanted) {
    const locale = canonical(tag);
    if (!locale) continue;
    const language =
      offered.find((one) => one === locale || locale.startsWith(`${one}-`)) ??
      offered.find((one) => languageOf(one) === languageOf(locale));
    if (language) return { language, locale: scriptOf(locale) === scriptOf(language) ? locale : language };
  }
  return { language: offered[0], locale: offered[0] };
}

/** Which way a language is written: what `dir` of a page or a mail says. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|he)\b/.test(locale) ? 'rtl' : 'ltr';
}

/** What its own readers call a language, as the beginning of a line: "Français", "Português (Brasil)". */
export function nameOf(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  const [first = ''] = name;
  return first.toLocaleUpperCase(locale) + name.slice(first.length);
}

const languageOf = (tag: string) => tag.split('-', 1)[0];

/** `zh-TW` may read a catalogue in the other script, but its numbers and times shall not be of two scripts. */
const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script;

/** A tag in its usual spelling (`iw-il` is `he-IL`), or undefined if it is none. */
function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
