import {
  type Codings,
  codingsOf,
  inReadersLanguage,
  pageHeaders,
  pagePolicy,
  readDocuments,
  sendPage,
} from '@shopfast/kit/built-page';
import { Problem } from '@shopfast/kit/errors';
import type { HttpEnv } from '@shopfast/kit/http';
import type { LocaleName } from '@shopfast/kit/i18n/locale';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { shownRoom } from '../rooms/visible.ts';
import type { ReadyTheme } from '../themes/directory.ts';
import { themedPage } from '../themes/page.ts';
import { FOR_A_MINUTE, FOR_EVER } from './cache-control.ts';
import type { PageDeps } from './deps.ts';
import { pageFolder } from './folder.ts';

/** The rendered pages of a theme, by language. A new theme starts without any. */
type Sent = { name: string; pages: Map<LocaleName, Codings> };

/** The waiting page of rooms with a theme, and their logos. For rooms without one the next handler answers. */
export function themedPageRoutes(deps: PageDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const documents = readDocuments(pageFolder('waiting'));
  const languages = new Map([...documents.keys()].map((language) => [language, language]));
  const sent = new WeakMap<ReadyTheme, Sent>();

  /** Rendered once for each language, theme and name of the room. */
  function pageOf(room: { id: string; name: string }, ready: ReadyTheme, language: LocaleName): Codings {
    let known = sent.get(ready);
    if (known?.name !== room.name) {
      known = { name: room.name, pages: new Map() };
      sent.set(ready, known);
    }
    let page = known.pages.get(language);
    if (!page) {
      const document = documents.get(language);
      if (document === undefined) throw new Error(`the waiting page was not built in ${language}`);
      page = codingsOf(themedPage(document, room, ready, language));
      known.pages.set(language, page);
    }
    return page;
  }

  const themeOf = (c: Context<HttpEnv>): ReadyTheme | undefined => {
    const room = shownRoom(deps, c.req.param('room') ?? '');
    return room && deps.themes.of(room.id);
  };
  const headers = pageHeaders(pagePolicy(documents, (c) => themeOf(c)?.styleSource ?? ''));
  const answer = inReadersLanguage(languages, (language, c) => {
    const { id, settings } = deps.rooms.get(c.req.param('room') ?? '');
    const ready = themeOf(c);
    if (!ready) throw new Problem('not_found');
    return sendPage(pageOf({ id, name: settings.name }, ready, language), FOR_A_MINUTE, c);
  });

  app.get('/w/:room', (c, next) =>
    themeOf(c)
      ? headers(c, async () => {
          c.res = await answer(c);
        })
      : next(),
  );

  // An SVG that is opened directly is a document. This policy prevents scripts in it.
  const asPicture = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], sandbox: [] },
    strictTransportSecurity: false,
  });
  app.get('/w/:room/logo', asPicture, (c) => {
    const logo = themeOf(c)?.logo;
    if (!logo) return c.notFound();
    return c.body(logo.bytes, 200, { 'Content-Type': logo.type, 'Cache-Control': FOR_EVER });
  });
  return app;
}
