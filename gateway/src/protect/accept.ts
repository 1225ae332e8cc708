/**
 * Whether a client prefers a page to a problem document, by its `Accept` header (RFC 9110, 12.5.1). A client that sends
 * none, or accepts anything, is a program.
 */
export function prefersHtml(accept: string | undefined): boolean {
  if (!accept) return false;
  const ranges = accept.split(',').map(readRange);
  const html = Math.max(quality(ranges, 'text/html'), quality(ranges, 'application/xhtml+xml'));
  const json = Math.max(quality(ranges, 'application/json'), quality(ranges, 'application/problem+json'));
  return html > json;
}

type Range = { type: string; q: number };

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const q = given === undefined ? 1 : Number(given);
  return { type, q: q >= 0 && q <= 1 ? q : 0 };
}

/** The most specific range that covers the type decides. */
function quality(ranges: Range[], type: string): number {
  for (const covering of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const range = ranges.find((one) => one.type === covering);
    if (range) return range.q;
  }
  return 0;
}
