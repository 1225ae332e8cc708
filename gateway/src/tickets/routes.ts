import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { z } from '@hono/zod-openapi';
import { claimAnswer, joinAnswer, ticketStatus } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, invalidRequest } from '@shopfast/kit/http';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Gateway } from '../deps.ts';
import type { ApiRegistry } from '../openapi.ts';
import { protectedRooms } from '../protect/config.ts';
import type { Room } from '../rooms/room.ts';
import { claim } from './claim.ts';
import {
  clearedReservation,
  clearTicketCookie,
  presentedTicket,
  requireTicket,
  setBindingCookie,
  setReservationCookie,
  setTicketCookie,
} from './credentials.ts';
import type { EventHub } from './event-hub.ts';
import { readStanding } from './heartbeat.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import type { Standing } from './standing.ts';

const joinRequest = z.strictObject({
  email: z.email().max(254).optional(),
  code: z.string().max(500).optional(),
  proof: z.string().max(4_000).optional(),
  locale: z
    .string()
    .max(35)
    .regex(/^[A-Za-z0-9-]*$/, 'must be a BCP 47 language tag')
    .optional(),
});

/** Joining, asking, claiming and leaving: the hot path, so plain handlers and no middleware between. */
export function ticketRoutes(gateway: Gateway, events: EventHub): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const isProtected = protectedRooms(gateway.config.protect);
  const roomOf = (c: Context) => gateway.rooms.get(c.req.param('room') ?? '');

  app.post('/v1/rooms/:room/tickets', bodyLimit({ maxSize: 4_096, onError: tooLarge }), async (c) => {
    const room = roomOf(c);
    await readBody(c);
    const presented = presentedTicket(c, gateway, room);
    const joined = await join(gateway, room, presented?.ticket ?? null);
    setTicketCookie(c, room, joined.secret);
    return c.json(
      { ticket: joined.secret, ...joined.standing, room: describe(room) },
      joined.isNew ? 201 : 200,
      pacing(joined.standing),
    );
  });

  app.get('/v1/rooms/:room/tickets/me', async (c) => {
    const room = roomOf(c);
    const { ticket } = requireTicket(c, gateway, room);
    const standing = await readStanding(gateway, room, ticket);
    return c.json(standing, 200, pacing(standing));
  });

  app.get('/v1/rooms/:room/events', (c) => {
    const room = roomOf(c);
    const { ticket } = requireTicket(c, gateway, room);
    const { outgoing } = c.env as unknown as HttpBindings;
    events.open(room.id, ticket, outgoing, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });

  app.post('/v1/rooms/:room/tickets/me/claim', async (c) => {
    const room = roomOf(c);
    const { ticket, by } = requireTicket(c, gateway, room);
    const claimed = await claim(gateway, room, ticket);
    const answer = {
      reservation_token: claimed.token,
      expires_at: claimed.expiresAt,
      checkout_url: room.settings.checkout_url,
    };
    // A browser's binding stays out of reach of scripts; an app has no cookie jar and gets it here.
    if (by === 'header') return c.json({ ...answer, binding: claimed.binding }, 200, PRIVATE);
    setBindingCookie(c, room, claimed.binding);
    if (isProtected.has(room.id)) setReservationCookie(c, room, claimed.token);
    return c.json(answer, 200, PRIVATE);
  });

  app.delete('/v1/rooms/:room/tickets/me', async (c) => {
    const room = roomOf(c);
    const { ticket } = requireTicket(c, gateway, room);
    await leave(gateway, room, ticket);
    clearTicketCookie(c, room);
    if (isProtected.has(room.id))
      for (const cookie of clearedReservation(room.id)) c.header('Set-Cookie', cookie, { append: true });
    return c.body(null, 204, PRIVATE);
  });

  return app;
}

const PRIVATE = { 'Cache-Control': 'no-store' };

function pacing(standing: Standing): Record<string, string> {
  return { ...PRIVATE, 'Retry-After': String(Math.ceil(standing.poll_after_ms / 1_000)) };
}

function describe(room: Room) {
  return {
    id: room.id,
    name: room.settings.name,
    state: room.shownState,
    opens_at: room.settings.opens_at,
  };
}

/** A join needs no body; what is sent must be right. */
async function readBody(c: Context): Promise<void> {
  const text = await c.req.text();
  if (text === '') return;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem('malformed_request', { detail: 'The body is not JSON.' });
  }
  const parsed = joinRequest.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
}

function tooLarge(): never {
  throw new Problem('body_too_large');
}

/** The same calls, for the OpenAPI document. */
export function describeTicketRoutes(api: ApiRegistry): void {
  const params = z.object({ room: z.string() });
  const tags = ['Tickets'];
  api.registerPath({
    method: 'post',
    path: '/v1/rooms/{room}/tickets',
    tags,
    summary: 'Join: get a place, or keep the one you have',
    request: { params, body: { content: { 'application/json': { schema: joinRequest } } } },
    responses: {
      201: { description: 'A new place', content: { 'application/json': { schema: joinAnswer } } },
      200: { description: 'The place you had', content: { 'application/json': { schema: joinAnswer } } },
    },
  });
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/tickets/me',
    tags,
    summary: 'Ask where you stand; counts as a heartbeat',
    request: { params },
    responses: {
      200: { description: 'Where you stand', content: { 'application/json': { schema: ticketStatus } } },
    },
  });
  api.registerPath({
    method: 'post',
    path: '/v1/rooms/{room}/tickets/me/claim',
    tags,
    summary: 'Exchange a called ticket for its reservation token',
    request: { params },
    responses: {
      200: { description: 'The token', content: { 'application/json': { schema: claimAnswer } } },
    },
  });
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/events',
    tags,
    summary: 'The same, as server-sent events: on each change, and at once when the turn comes',
    request: { params },
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } } },
  });
  api.registerPath({
    method: 'delete',
    path: '/v1/rooms/{room}/tickets/me',
    tags,
    summary: 'Leave: the place and any active slot are given back',
    request: { params },
    responses: { 204: { description: 'Left' } },
  });
}
