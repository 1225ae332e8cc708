import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpEnv } from '@shopfast/kit/http';
import { outgoingOf } from '@shopfast/kit/node-context';
import { type Context, Hono } from 'hono';
import { visibleRoom } from '../rooms/visible.ts';
import { claim } from './claim.ts';
import { clearPlaceCookies, requireTicket, setClaimCookies } from './credentials.ts';
import type { TicketDeps } from './deps.ts';
import type { EventHub } from './event-hub.ts';
import { leave } from './leave.ts';

/**
 * Event streams, claim and leave.
 * @param isProtected the rooms whose reservation some path of the shop requires
 */
export function ticketRoutes(
  deps: TicketDeps,
  events: EventHub,
  isProtected: ReadonlySet<string>,
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const roomOf = (c: Context) => visibleRoom(deps, c.req.param('room') ?? '', c);
  const { statusRequest } = deps.limits;

  app.get('/v1/rooms/:room/events', async (c) => {
    const room = roomOf(c);
    const { ticket } = requireTicket(c, deps, room);
    await statusRequest(c, room, ticket);
    const outgoing = outgoingOf(c);
    events.open(room.id, ticket, outgoing, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });

  app.post('/v1/rooms/:room/tickets/me/claim', async (c) => {
    const room = roomOf(c);
    const { ticket, by } = requireTicket(c, deps, room);
    await statusRequest(c, room, ticket);
    const claimed = await claim(deps, room, ticket);
    const answer = {
      reservation_token: claimed.token,
      expires_at: claimed.expiresAt,
      checkout_url: room.settings.checkout_url,
    };
    // A browser's binding is in a cookie that scripts cannot read. An app has no cookie jar and gets it in the body.
    if (by === 'header') return c.json({ ...answer, binding: claimed.binding }, 200, PRIVATE);
    setClaimCookies(c, room, claimed, isProtected.has(room.id));
    return c.json(answer, 200, PRIVATE);
  });

  app.delete('/v1/rooms/:room/tickets/me', async (c) => {
    const room = roomOf(c);
    const { ticket } = requireTicket(c, deps, room);
    await statusRequest(c, room, ticket);
    await leave(deps, room, ticket);
    clearPlaceCookies(c, room, isProtected.has(room.id));
    return c.body(null, 204, PRIVATE);
  });

  return app;
}

const PRIVATE = { 'Cache-Control': 'no-store' };
