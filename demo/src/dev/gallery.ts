import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Reload } from './reload.ts';

const PAGES = join(import.meta.dirname, '../../../web-waitroom/dist/waiting');
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** Only this page shows the frames; the styles are those of the page's own document, changed. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'self'; " +
  "frame-src 'self'; frame-ancestors 'self'";

export type Gallery = {
  /** Its sources changed: the next request builds it again. */
  outdate(): void;
  /** @returns false for any other request */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
};

/**
 * Shows every state of the waiting page at `/gallery`, in the documents of the real page.
 * @param folder for the built files
 */
export function createGallery(
  folder: string,
  reload: Reload,
  build: (folder: string) => Promise<void>,
): Gallery {
  let built: Promise<void> | undefined;

  async function contentOf({
    pathname,
    searchParams,
  }: URL): Promise<{ type: string; text: string } | undefined> {
    built ??= build(folder);
    await built;
    if (pathname === '/gallery' || pathname === '/gallery/') {
      const page = readFileSync(join(folder, 'index.html'), 'utf8');
      return { type: 'text/html', text: page.replace('</head>', `${reload.element()}</head>`) };
    }
    if (pathname === '/gallery/frame')
      return frame(searchParams.get('lang') ?? '', searchParams.get('scheme') ?? '');
    const [, name] = /^\/gallery\/((?:assets\/)?[\w-]+\.(?:js|css|svg))$/.exec(pathname) ?? [];
    if (name === undefined || !existsSync(join(folder, name))) return undefined;
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return { type, text: readFileSync(join(folder, name), 'utf8') };
  }

  return {
    outdate: () => {
      built = undefined;
    },
    answer: (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== '/gallery' && !url.pathname.startsWith('/gallery/')) return false;
      const send = (status: number, type: string, text: string) =>
        response
          .writeHead(status, {
            'Content-Type': `${type}; charset=UTF-8`,
            'Content-Security-Policy': POLICY,
            'Cache-Control': 'no-store',
          })
          .end(text);
      contentOf(url).then(
        (content) =>
          content ? send(200, content.type, content.text) : send(404, 'text/plain', 'Not there.'),
        (error: Error) => {
          built = undefined;
          send(500, 'text/plain', error.message);
        },
      );
      return true;
    },
  };
}

/** The page's own document, with the script that draws one state. Light or dark does not depend on the machine. */
function frame(language: string, scheme: string): { type: string; text: string } | undefined {
  const file = join(PAGES, `${language}.html`);
  if (!/^[\w-]+$/.test(language) || !existsSync(file)) return undefined;
  const dark = scheme === 'dark';
  const text = readFileSync(file, 'utf8')
    .replace(
      /<script type="module"[^>]*><\/script>/,
      '<script type="module" src="/gallery/frame.js"></script>',
    )
    .replaceAll('(prefers-color-scheme:dark)', dark ? 'all' : 'not all')
    .replaceAll(/(color-scheme(?::|" content="))light dark/g, `$1${dark ? 'dark' : 'light'}`)
    .replace(/<noscript>.*?<\/noscript>/, '');
  return { type: 'text/html', text };
}
