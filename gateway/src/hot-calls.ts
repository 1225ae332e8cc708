import { hotLane } from '@shopfast/kit/hot-lane';
import { type HotCall, hotRoute } from '@shopfast/kit/hot-route';
import type { FastLane, HttpEnv } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { Hono } from 'hono';
import type { Gateway } from './deps.ts';
import { statusCall } from './rooms/status.ts';
import { createShedder } from './shedding.ts';
import { ticketCalls } from './tickets/hot-calls.ts';

/** What a crowd calls, all the time. */
export type HotCalls = Readonly<Record<'join' | 'ask' | 'status', HotCall>>;

export function createHotCalls(gateway: Gateway, lifecycle: Lifecycle): HotCalls {
  return { ...ticketCalls(gateway, createShedder(lifecycle)), status: statusCall(gateway) };
}

/** Their way through the framework, however they are asked: each the only handler of its path. */
export function hotRoutes({ join, ask, status }: HotCalls): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/v1/rooms/:room/tickets', hotRoute(join));
  app.get('/v1/rooms/:room/tickets/me', hotRoute(ask));
  app.get('/v1/rooms/:room/status', hotRoute(status));
  return app;
}

const ROOMS = '/v1/rooms/';
const PLAIN = /^[a-z0-9-]+$/;

/** Their short way: asked at the plain address, without query or escapes. */
export function createFastLane({ join, ask, status }: HotCalls): FastLane {
  const calls = new Map([
    ['POST/tickets', join],
    ['GET/tickets/me', ask],
    ['GET/status', status],
  ]);
  return hotLane(({ method, url = '' }) => {
    if (!url.startsWith(ROOMS)) return null;
    const end = url.indexOf('/', ROOMS.length);
    const call = end < 0 ? undefined : calls.get(method + url.slice(end));
    if (!call) return null;
    const room = url.slice(ROOMS.length, end);
    return PLAIN.test(room) ? { call, params: { room } } : null;
  });
}
