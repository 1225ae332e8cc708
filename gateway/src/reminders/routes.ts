import { reminderRequest } from '@shopfast/kit/contracts/api';
import { demandWritable } from '@shopfast/kit/demand-writable';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, invalidRequest } from '@shopfast/kit/http';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { readerLanguages } from '@shopfast/kit/i18n/reader-languages';
import { type Context, Hono } from 'hono';
import { limitBody } from '../limits/body.ts';
import { visibleRoom } from '../rooms/visible.ts';
import { SMALL_PAGE_HEADERS } from '../small-page.ts';
import { requireTicket } from '../tickets/credentials.ts';
import type { ReminderDeps } from './deps.ts';
import { removeReminder } from './remove.ts';
import { setReminder } from './set.ts';
import { stopPage } from './stop-page.ts';

const MAX_BYTES = 2_048;
const PRIVATE = { 'Cache-Control': 'no-store' };

/** Reminders by mail: set, remove, and unsubscribe from within the mail. */
export function reminderRoutes(deps: ReminderDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const { statusRequest } = deps.limits;
  const path = '/v1/rooms/:room/tickets/me/reminder';

  app.put(path, limitBody(MAX_BYTES), async (c) => {
    const room = visibleRoom(deps, c.req.param('room'), c);
    const { ticket } = requireTicket(c, deps, room);
    await statusRequest(c, room, ticket);
    const request = await readRequest(c);
    demandWritable(request.email, deps.config);
    return c.json(await setReminder(deps, room, ticket, request), 200, PRIVATE);
  });

  app.delete(path, async (c) => {
    const room = visibleRoom(deps, c.req.param('room'), c);
    const { ticket } = requireTicket(c, deps, room);
    await statusRequest(c, room, ticket);
    await removeReminder(deps, ticket);
    return c.body(null, 204, PRIVATE);
  });

  // Mail programs and scanners open links. So only the button, or the one-click POST of RFC 8058, changes anything.
  app.get('/v1/rooms/:room/reminder', (c) => {
    const link = stopLinkOf(deps, c);
    return c.html(
      stopPage(readerLanguages(c), link ? 'ask' : 'unknown'),
      link ? 200 : 404,
      SMALL_PAGE_HEADERS,
    );
  });
  app.post('/v1/rooms/:room/reminder', limitBody(MAX_BYTES), async (c) => {
    const link = stopLinkOf(deps, c);
    if (!link) return c.html(stopPage(readerLanguages(c), 'unknown'), 404, SMALL_PAGE_HEADERS);
    const { mailbox, ...ticket } = link;
    if (deps.rooms.has(link.room)) await removeReminder(deps, { ...ticket, mailbox });
    return c.html(stopPage(readerLanguages(c), 'done'), 200, SMALL_PAGE_HEADERS);
  });
  return app;
}

/** @throws Problem malformed_request, invalid_request */
async function readRequest(c: Context) {
  const body = await c.req.json().catch((cause: unknown) => {
    if (cause instanceof Problem) throw cause;
    throw new Problem('malformed_request', { detail: 'The body is not JSON.' });
  });
  const parsed = reminderRequest.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
  const { locale } = parsed.data;
  const wanted = locale ? [locale, ...readerLanguages(c)] : readerLanguages(c);
  return { ...parsed.data, locale: chooseLocale(wanted, LOCALES).locale };
}

const stopLinkOf = (deps: ReminderDeps, c: Context) =>
  deps.reminders.verifyStop(c.req.param('room') ?? '', c.req.query('stop') ?? '');
