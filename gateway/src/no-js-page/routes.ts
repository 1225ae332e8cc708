import { inReadersLanguage, pagePolicy, readDocuments } from '@shopfast/kit/built-page';
import type { HttpEnv } from '@shopfast/kit/http';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { limitBody } from '../limits/body.ts';
import { pageFolder } from '../pages/folder.ts';
import { shownRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { createActions } from './act.ts';
import { answerVisit, type Work } from './answer.ts';
import type { NoJsPageDeps } from './deps.ts';
import { readShells } from './shell.ts';
import { createShow } from './show.ts';
import { shopOf, visitOf } from './visit.ts';

const MAX_FORM_BYTES = 4_096;

/**
 * The waiting page for browsers without scripts. The page at `/w/{room}` links to it with `?plain`. The server renders
 * the ticket status, the browser reloads when it is time, forms join, claim and leave. Functions and limits are those
 * of the API; a view takes one Redis command.
 */
export function noJsPageRoutes(deps: NoJsPageDeps, shedder: Shedder): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const shells = readShells();
  const show = createShow(deps, shedder);
  const act = createActions(deps, shedder);
  const page = (work: Work) =>
    inReadersLanguage(shells, (shell, c) => answerVisit(deps, visitOf(deps, c, shell), work));
  const [shown, acted] = [page(show), page(act)];
  const headers = headersFor(deps);

  app.get('/w/:room', (c, next) =>
    c.req.query('plain') === undefined
      ? next()
      : headers(c, async () => {
          c.res = await shown(c);
        }),
  );
  app.post('/w/:room', headers, limitBody(MAX_FORM_BYTES), (c) => acted(c));
  return app;
}

/** No script at all. The claim form may lead to the room's shop, which may have another origin. */
function headersFor(deps: NoJsPageDeps): MiddlewareHandler<HttpEnv> {
  const shopOrigin = (c: Context) => {
    const room = shownRoom(deps, c.req.param('room') ?? '');
    return room ? shopOf(deps, room, null).origin : "'self'";
  };
  const themeStyle = (c: Context) => {
    const room = shownRoom(deps, c.req.param('room') ?? '');
    return (room && deps.themes.of(room.id)?.styleSource) ?? '';
  };
  const {
    scriptSrc: _,
    connectSrc: __,
    ...rest
  } = pagePolicy(readDocuments(pageFolder('waiting')), themeStyle);
  return secureHeaders({
    contentSecurityPolicy: { ...rest, formAction: ["'self'", shopOrigin] },
    // Without it, a form's request would not name its origin.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
  });
}
