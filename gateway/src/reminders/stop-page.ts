import { createHash } from 'node:crypto';
import { chooseLocale, directionOf, LOCALES } from '@shopfast/kit/i18n/locale';
import { type StopWords, stopWords } from './stop-words.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 15vh auto 2rem; max-width: 32rem; padding: 0 1rem; font: 1.125rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .5rem; background: #0b57d0; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;

/** Nothing but this page's own style and its one form may take effect; the link must not travel on. */
export const STOP_PAGE_HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

/**
 * The page behind the link of a reminder. The form goes back to the address it came from.
 * @param wanted the reader's languages, the best first
 */
export function stopPage(wanted: string[], about: 'ask' | 'done' | 'unknown'): string {
  const { language } = chooseLocale(wanted, LOCALES);
  const words: StopWords = stopWords[language];
  const title = { ask: words.ask, done: words.done, unknown: words.unknown }[about];
  const more = { ask: words.askMore, done: words.doneMore, unknown: words.unknownMore }[about];
  const form = about === 'ask' ? `<form method="post"><button>${words.button}</button></form>` : '';
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${more}</p>
${form}
</main>
</body>
</html>
`;
}
