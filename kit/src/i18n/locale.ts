/** The languages of ShopFast, as BCP 47 tags. English is first: it is the fallback. */
export const LOCALES = [
  ...['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'sv'],
  ...['uk', 'tr', 'ar', 'he', 'hi', 'ja', 'ko', 'zh-Hans'],
] as const;
export type LocaleName = (typeof LOCALES)[number];

export type ChosenLocale<Language extends string = string> = {
  /** The catalogue in use, one of those offered. */
  language: Language;
  /** How numbers, times and money are written: the reader's own region of that language, e.g. `en-GB`. */
  locale: string;
};

/**
 * Chooses the first of the reader's languages that has a catalogue, or else the first catalogue. The catalogue of
 * another region is accepted (`pt-PT` reads `pt-BR`), but a closer one wins.
 * @param wanted BCP 47 tags, best first; invalid tags are skipped
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

/** Writing direction of a language: the `dir` attribute of a page or a mail. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|he)\b/.test(locale) ? 'rtl' : 'ltr';
}

/** A language's own name, capitalised: "Français", "Português (Brasil)". */
export function nameOf(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  const [first = ''] = name;
  return first.toLocaleUpperCase(locale) + name.slice(first.length);
}

const languageOf = (tag: string) => tag.split('-', 1)[0];

/** `zh-TW` may read a catalogue in the other script. Its numbers and times must then use that script, too. */
const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script;

/** A tag in canonical form (`iw-il` is `he-IL`), or undefined when it is invalid. */
function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
