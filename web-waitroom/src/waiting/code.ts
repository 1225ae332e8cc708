const PARAMETER = 'code';

/** An invite or priority code in the page's address (`?code=`), and the address without it. */
export function codeIn(pageUrl: string): { code: string | null; url: string } {
  const url = new URL(pageUrl);
  const code = url.searchParams.get(PARAMETER)?.trim() || null;
  url.searchParams.delete(PARAMETER);
  return { code, url: url.href };
}
