import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { ADMIN_KEY, adminProblems, answers } from '@shopfast/kit/api-document/describe';
import { ownKey } from '@shopfast/kit/contracts/keys';
import { orderTimes as orderMinutes, roomSummaries } from '@shopfast/kit/contracts/rooms';
import { refuseInvalid } from '@shopfast/kit/http';
import type { OrderTimes } from '../order-times.ts';
import { statsOf } from '../rooms/stats.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const me = createRoute({
  operationId: 'getOwnKey',
  method: 'get',
  path: '/me',
  middleware: needs('viewer'),
  tags: ['Keys'],
  security: ADMIN_KEY,
  summary: 'Read the name and role of this key',
  responses: { 200: answers('The key', ownKey), ...adminProblems() },
});
const stats = createRoute({
  operationId: 'listRoomStats',
  method: 'get',
  path: '/stats',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: ADMIN_KEY,
  summary: 'List all rooms with their current figures',
  responses: { 200: answers('The rooms and their figures', roomSummaries), ...adminProblems() },
});
const orderTimes = createRoute({
  operationId: 'listOrderTimes',
  method: 'get',
  path: '/order-times',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: ADMIN_KEY,
  summary: 'List how fast orders were answered in the last hour',
  description: 'Minute by minute, for all rooms together, as this gateway process saw it.',
  responses: {
    200: answers('Minutes with orders, oldest first; a quantile is at most 12 % too high', orderMinutes),
    ...adminProblems(),
  },
});

const FRESH = { 'Cache-Control': 'no-store' };

/** The operators' overview, mounted at `/v1/admin`. */
export function adminOverviewRoutes(gateway: AdminDeps, times: OrderTimes): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(me, (c) => {
    const { keyId, name, role } = c.get('actor');
    return c.json({ id: keyId, name, role }, 200, FRESH);
  });
  app.openapi(stats, (c) => {
    const now = gateway.clock.now();
    const rooms = gateway.rooms.all().map((room) => ({
      id: room.id,
      name: room.settings.name,
      rehearsal: room.settings.rehearsal,
      opens_at: room.settings.opens_at,
      stats: statsOf(room, now, gateway.meters.etaRatios.get(room.id)),
    }));
    return c.json({ rooms }, 200, FRESH);
  });
  app.openapi(orderTimes, (c) => {
    const minutes = times.minutes().map(({ at, orders, failed, p50Ms, p95Ms }) => ({
      ...{ at: new Date(at).toISOString(), orders, failed },
      ...{ p50_ms: p50Ms, p95_ms: p95Ms },
    }));
    return c.json({ minutes }, 200, FRESH);
  });
  return app;
}
