import type { HttpEnv } from '@shopfast/kit/http';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { readerLanguages } from '@shopfast/kit/i18n/reader-languages';
import { type Context, Hono } from 'hono';
import { limitBody } from '../limits/body.ts';
import { stopWords } from '../reminders/stop-words.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import { SMALL_PAGE_HEADERS, smallPage } from '../small-page.ts';
import { presentedTicket } from '../tickets/credentials.ts';
import type { TicketDeps } from '../tickets/deps.ts';
import { addressOfProof, provePlace } from '../tickets/places.ts';
import { placeWords } from './place-words.ts';

const MAX_BYTES = 2_048;

/**
 * The link of a mail about a second join with one address. Its reader confirms that the ticket of this browser is
 * theirs.
 */
export function placeRoutes(deps: TicketDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const path = '/v1/rooms/:room/place';
  const proofOf = (c: Context) => c.req.query('proof') ?? '';
  const isProof = (c: Context, room: Room) => addressOfProof(deps, room, proofOf(c)) !== null;

  // Mail programs and scanners open links, so only the button changes anything.
  app.get(path, (c) => {
    const room = visibleRoom(deps, c.req.param('room'), c);
    return isProof(c, room) ? answer(c, room, 'ask', 200) : answer(c, room, 'unknown', 404);
  });

  app.post(path, limitBody(MAX_BYTES), async (c) => {
    const room = visibleRoom(deps, c.req.param('room'), c);
    if (!isProof(c, room)) return answer(c, room, 'unknown', 404);
    const presented = presentedTicket(c, deps, room);
    if (!presented) return answer(c, room, 'elsewhere', 409);
    await deps.limits.statusRequest(c, room, presented.ticket);
    const isProved = await provePlace(deps, room, presented.ticket, proofOf(c));
    return isProved ? answer(c, room, 'done', 200) : answer(c, room, 'elsewhere', 409);
  });
  return app;
}

const HTML = { 'Content-Type': 'text/html; charset=UTF-8' };

type About = 'ask' | 'done' | 'elsewhere' | 'unknown';

function answer(c: Context, room: Room, about: About, status: 200 | 404 | 409): Response {
  const { language } = chooseLocale(readerLanguages(c), LOCALES);
  const words = placeWords[language];
  const { unknown, unknownMore } = stopWords[language];
  const page = {
    ask: { title: words.ask, more: words.askMore, button: words.button },
    done: { title: words.done, more: words.doneMore, link: { text: words.back, path: `/w/${room.id}` } },
    elsewhere: { title: words.elsewhere, more: words.elsewhereMore },
    unknown: { title: unknown, more: unknownMore },
  }[about];
  return c.body(smallPage({ language, ...page }), status, { ...HTML, ...SMALL_PAGE_HEADERS });
}
