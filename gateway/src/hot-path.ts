import { type HotPathHandler, hotPathRoute } from '@shopfast/kit/hot-path';
import type { HttpBypass, HttpEnv } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { nodeHttpBypass } from '@shopfast/kit/node-http-bypass';
import { Hono } from 'hono';
import type { Gateway } from './gateway.ts';
import { statusCall } from './rooms/status.ts';
import { createShedder } from './shedding.ts';
import { ticketHandlers } from './tickets/hot-path.ts';

/** The calls that a whole crowd makes all the time. */
export type HotPathHandlers = Readonly<Record<'join' | 'getTicketStatus' | 'status', HotPathHandler>>;

export function createHotPathHandlers(gateway: Gateway, lifecycle: Lifecycle): HotPathHandlers {
  return { ...ticketHandlers(gateway, createShedder(lifecycle)), status: statusCall(gateway) };
}

/** Their routes in the framework, for any form of the address; each the only handler of its path. */
export function hotPathRoutes({ join, getTicketStatus, status }: HotPathHandlers): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/v1/rooms/:room/tickets', hotPathRoute(join));
  app.get('/v1/rooms/:room/tickets/me', hotPathRoute(getTicketStatus));
  app.get('/v1/rooms/:room/status', hotPathRoute(status));
  return app;
}

const ROOMS = '/v1/rooms/';
const PLAIN = /^[a-z0-9-]+$/;

/** The bypass: for the plain address, without query or escapes. */
export function createHttpBypass({ join, getTicketStatus, status }: HotPathHandlers): HttpBypass {
  const calls = new Map([
    ['POST/tickets', join],
    ['GET/tickets/me', getTicketStatus],
    ['GET/status', status],
  ]);
  return nodeHttpBypass(({ method, url = '' }) => {
    if (!url.startsWith(ROOMS)) return null;
    const end = url.indexOf('/', ROOMS.length);
    const call = end < 0 ? undefined : calls.get(method + url.slice(end));
    if (!call) return null;
    const room = url.slice(ROOMS.length, end);
    return PLAIN.test(room) ? { call, params: { room } } : null;
  });
}
