import { inReadersLanguage, pagePolicy, readDocuments } from '@shopfast/kit/built-page';
import type { HttpEnv } from '@shopfast/kit/http';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Gateway } from '../deps.ts';
import { limitBody } from '../limits/body.ts';
import { pageFolder } from '../pages/folder.ts';
import { shownRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { createActions } from './act.ts';
import { answerVisit, type Work } from './answer.ts';
import { readShells } from './shell.ts';
import { createShow } from './show.ts';
import { shopOf, visitOf } from './visit.ts';

const MOST_FORM_BYTES = 4_096;

/**
 * The waiting page for browsers without scripts, to which the page at `/w/{room}` leads them: `?plain`. The server shows how
 * they stand, the browser loads the page again when it is time, forms join, claim and leave. The verbs and limits are those of
 * the API; a view costs one Redis command.
 */
export function plainPageRoutes(gateway: Gateway, shedder: Shedder): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const shells = readShells();
  const show = createShow(gateway, shedder);
  const act = createActions(gateway, shedder);
  const page = (work: Work) =>
    inReadersLanguage(shells, (shell, c) => answerVisit(gateway, visitOf(gateway, c, shell), work));
  const [shown, acted] = [page(show), page(act)];
  const headers = headersFor(gateway);

  app.get('/w/:room', (c, next) =>
    c.req.query('plain') === undefined
      ? next()
      : headers(c, async () => {
          c.res = await shown(c);
        }),
  );
  app.post('/w/:room', headers, limitBody(MOST_FORM_BYTES), (c) => acted(c));
  return app;
}

/** No script at all; the form of a claim may lead to the room's shop, whose origin may be another. */
function headersFor(gateway: Gateway): MiddlewareHandler<HttpEnv> {
  const shopOrigin = (c: Context) => {
    const room = shownRoom(gateway, c.req.param('room') ?? '');
    return room ? shopOf(gateway, room, null).origin : "'self'";
  };
  const themeStyle = (c: Context) => {
    const room = shownRoom(gateway, c.req.param('room') ?? '');
    return (room && gateway.themes.of(room.id)?.styleSource) ?? '';
  };
  const {
    scriptSrc: _,
    connectSrc: __,
    ...rest
  } = pagePolicy(readDocuments(pageFolder('waiting')), themeStyle);
  return secureHeaders({
    contentSecurityPolicy: { ...rest, formAction: ["'self'", shopOrigin] },
    // Without it a form's request would not say where it comes from.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
  });
}
