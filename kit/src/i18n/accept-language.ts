const MOST_RANGES = 20;

/**
 * The languages of an Accept-Language header, the best first; for `chooseLocale`. A `*` says nothing, and `q=0` is a
 * language that the reader does not want.
 */
export function acceptedLanguages(header: string | undefined): string[] {
  const ranges = (header ?? '').split(',', MOST_RANGES).map((range, place) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
    return { tag, place, quality: q === undefined ? 1 : Number(q) || 0 };
  });
  return ranges
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place)
    .map(({ tag }) => tag);
}
