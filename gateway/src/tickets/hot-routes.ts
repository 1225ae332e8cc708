import { hotRoute } from '@shopfast/kit/hot-route';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Gateway } from '../deps.ts';
import { observeAs } from '../meters.ts';
import type { Room } from '../rooms/room.ts';
import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { storesAway } from '../stores-away.ts';
import { presentedTicket, requireTicket, ticketCookieFor } from './credentials.ts';
import { doorOf } from './door.ts';
import { readStanding } from './heartbeat.ts';
import { join } from './join.ts';
import { readJoinBody } from './join-body.ts';
import type { Standing } from './standing.ts';

/** Joining and asking: what a whole crowd does, all the time. */
export function hotTicketRoutes(gateway: Gateway, shedder: Shedder): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const { question } = gateway.limits;
  const hot = (route: string) => ({
    log: gateway.log,
    translate: storesAway,
    observe: observeAs(gateway.meters, route),
  });
  const asNewcomer = () => shedder.enter('newcomer');
  const asWaiter = () => shedder.enter('waiter');

  app.post(
    '/v1/rooms/:room/tickets',
    hotRoute(
      hot('join'),
      async (c) => {
        const room = visibleRoom(gateway, c.req.param('room') ?? '', c);
        const said = readJoinBody(c);
        const { proof, email, code } = said instanceof Promise ? await said : said;
        const ticket = presentedTicket(c, gateway, room)?.ticket ?? null;
        const flood = ticket && question(c, room, ticket);
        if (flood) await flood;
        const atDoor = doorOf(gateway, c, room, proof);
        const joined = await join(gateway, room, ticket, atDoor, { email, code });
        const { isNew, ticket: own, secret, standing } = joined;
        const headers = jsonHeaders(standing);
        headers['Set-Cookie'] = ticketCookieFor(room, secret);
        const answer = { ticket: secret, ...standing, room: describe(room) };
        const body = JSON.stringify(
          room.lottery && !own.line ? { ...answer, lottery_receipt: receipt(room, own.index) } : answer,
        );
        return { status: isNew ? 201 : 200, body, headers };
      },
      asNewcomer,
    ),
  );

  app.get(
    '/v1/rooms/:room/tickets/me',
    hotRoute(
      hot('ask'),
      async (c) => {
        const room = visibleRoom(gateway, c.req.param('room') ?? '', c);
        const { ticket } = requireTicket(c, gateway, room);
        const flood = question(c, room, ticket);
        if (flood) await flood;
        const standing = await readStanding(gateway, room, ticket);
        return { status: 200, body: JSON.stringify(standing), headers: jsonHeaders(standing) };
      },
      asWaiter,
    ),
  );
  return app;
}

function jsonHeaders(standing: Standing): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Retry-After': String(Math.ceil(standing.poll_after_ms / 1_000)),
  };
}

/** With it anybody can compute the number, once seed and size are known. */
function receipt(room: Room, index: number) {
  return { room: room.id, index, commitment: room.lottery?.commitment };
}

function describe(room: Room) {
  return {
    id: room.id,
    name: room.settings.name,
    state: room.shownState,
    opens_at: room.settings.opens_at,
  };
}
