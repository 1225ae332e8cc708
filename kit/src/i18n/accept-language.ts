const MAX_RANGES = 20;
/** RFC 5646 recommends support for at least this length. */
const LONGEST_TAG = 35;

/**
 * The languages of an Accept-Language header, best first, for `chooseLocale`. `*` is ignored; `q=0` means that the
 * reader does not want this language.
 */
export function acceptedLanguages(header: string | undefined): string[] {
  const ranges = (header ?? '').split(',', MAX_RANGES).map((range, place) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
    return { tag, place, quality: q === undefined ? 1 : Number(q) || 0 };
  });
  return ranges
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && tag.length <= LONGEST_TAG && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place)
    .map(({ tag }) => tag);
}
