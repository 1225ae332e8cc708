import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { ROLES } from '@shopfast/kit/admin/roles';
import { refuseInvalid } from '@shopfast/kit/http';
import type { OrderTimes } from '../order-times.ts';
import { roomStats, statsOf } from '../rooms/stats.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const count = z.number().int();

const me = createRoute({
  method: 'get',
  path: '/me',
  middleware: needs('viewer'),
  tags: ['Keys'],
  security,
  summary: 'The name and role of this key',
  responses: {
    200: {
      description: 'The key',
      ...json(z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) })),
    },
  },
});
const stats = createRoute({
  method: 'get',
  path: '/stats',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security,
  summary: 'All rooms with their current figures',
  responses: {
    200: {
      description: 'The rooms and their figures',
      ...json(
        z.object({
          rooms: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              rehearsal: z.boolean(),
              opens_at: z.iso.datetime().nullable(),
              stats: roomStats,
            }),
          ),
        }),
      ),
    },
  },
});
const orderTimes = createRoute({
  method: 'get',
  path: '/order-times',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security,
  summary:
    'How fast orders were answered, minute by minute in the last hour, for all rooms together, as this gateway process saw it',
  responses: {
    200: {
      description: 'Minutes with orders, oldest first; a quantile is at most 12 % too high',
      ...json(
        z.object({
          minutes: z.array(
            z.object({ at: z.iso.datetime(), orders: count, failed: count, p50_ms: count, p95_ms: count }),
          ),
        }),
      ),
    },
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
