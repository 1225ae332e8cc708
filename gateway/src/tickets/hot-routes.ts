import { hotRoute } from '@shopfast/kit/hot-route';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Gateway } from '../deps.ts';
import type { Room } from '../rooms/room.ts';
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
  const hot = { log: gateway.log, translate: storesAway };
  const asNewcomer = () => shedder.enter('newcomer');
  const asWaiter = () => shedder.enter('waiter');

  app.post(
    '/v1/rooms/:room/tickets',
    hotRoute(
      hot,
      async (c) => {
        const room = gateway.rooms.get(c.req.param('room') ?? '');
        const { proof, code } = await readJoinBody(c);
        const ticket = presentedTicket(c, gateway, room)?.ticket ?? null;
        const flood = ticket && question(c, room, ticket);
        if (flood) await flood;
        const { isNew, secret, standing } = await join(
          gateway,
          room,
          ticket,
          doorOf(gateway, c, room, proof),
          code,
        );
        const headers = jsonHeaders(standing);
        headers['Set-Cookie'] = ticketCookieFor(room, secret);
        const body = JSON.stringify({ ticket: secret, ...standing, room: describe(room) });
        return { status: isNew ? 201 : 200, body, headers };
      },
      asNewcomer,
    ),
  );

  app.get(
    '/v1/rooms/:room/tickets/me',
    hotRoute(
      hot,
      async (c) => {
        const room = gateway.rooms.get(c.req.param('room') ?? '');
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

function describe(room: Room) {
  return {
    id: room.id,
    name: room.settings.name,
    state: room.shownState,
    opens_at: room.settings.opens_at,
  };
}
