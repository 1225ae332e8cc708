import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, requireRole } from '@shopfast/kit/admin/authenticate';
import { refuseInvalid } from '@shopfast/kit/http';
import type { Gateway } from '../deps.ts';
import { readTimeline } from '../rooms/timeline/read.ts';

const count = z.number().int();
const point = z.object({
  at: z.iso.datetime(),
  waiting: count,
  active: count,
  serving: count,
  issued: count,
  calls: count,
  joins: count,
  drop_outs: count,
  remaining: count.nullable(),
  held: count.nullable(),
  sold: count.nullable(),
});
const timeline = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  step_seconds: count,
  points: z.array(point),
});

const instant = z.iso
  .datetime({ offset: true, error: 'must be a time as in RFC 3339, e.g. 2026-11-27T09:00:00Z' })
  .transform((text) => new Date(text));

const read = createRoute({
  method: 'get',
  path: '/{room}/timeline',
  tags: ['Rooms'],
  security: [{ adminKey: [] }],
  summary:
    'History in steps of so many seconds: 1 and up for the last hour, 60 and its multiples for 30 days. Calls, joins and drop_outs are counts within a step, the rest is as it was at its end',
  request: {
    params: z.object({ room: z.string() }),
    query: z.object({
      from: instant.optional(),
      to: instant.optional(),
      step: z.coerce
        .number({ error: 'must be a number of seconds' })
        .int('must be a whole number of seconds')
        .min(1, 'must be at least 1')
        .max(86_400, 'must be at most 86400')
        .optional(),
    }),
  },
  responses: {
    200: { description: 'The history', content: { 'application/json': { schema: timeline } } },
  },
});

/** History of a room, mounted at `/v1/admin/rooms`. */
export function adminTimelineRoutes(gateway: Gateway): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(read, async (c) => {
    requireRole(c, 'viewer');
    const found = await readTimeline(gateway, c.req.valid('param').room, c.req.valid('query'));
    const points = found.points.map((one) => ({ ...one, at: one.at.toISOString() }));
    return c.json(
      {
        from: found.from.toISOString(),
        to: found.to.toISOString(),
        step_seconds: found.stepSeconds,
        points,
      },
      200,
      { 'Cache-Control': 'no-store' },
    );
  });
  return app;
}
