import { createHash } from 'node:crypto';
import { directionOf } from '@shopfast/kit/i18n/locale';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 15vh auto 2rem; max-width: 32rem; padding: 0 1rem; font: 1.125rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .5rem; background: #0b57d0; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;

/** Allows only a page's own style and its one form. No referrer, because the link is secret. */
export const SMALL_PAGE_HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

/** A page behind a link in a mail. The texts are plain; the form, if there is a button, posts to its own address. */
export function smallPage(page: {
  language: string;
  title: string;
  more: string;
  button?: string;
  /** `path` is on this site. */
  link?: { text: string; path: string };
}): string {
  const { language, title, more, button, link } = page;
  const after = [
    ...(button ? [`<form method="post"><button>${button}</button></form>`] : []),
    ...(link ? [`<p><a href="${link.path}">${link.text}</a></p>`] : []),
  ].join('\n');
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
${after}
</main>
</body>
</html>
`;
}
