export type ChosenLocale = {
  /** Which catalogue is used, one of those offered. */
  language: string;
  /** How numbers, times and money are written: the reader's own region of that language, e.g. `en-GB`. */
  locale: string;
};

/** The first of the reader's languages that there is a catalogue for; otherwise the first catalogue. */
export function chooseLocale(
  wanted: readonly string[],
  offered: readonly [string, ...string[]],
): ChosenLocale {
  for (const tag of wanted) {
    const language = offered.find((one) => one === tag || tag.startsWith(`${one}-`));
    if (language && isLocale(tag)) return { language, locale: tag };
  }
  return { language: offered[0], locale: offered[0] };
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
