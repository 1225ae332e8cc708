import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { instant, integerText, roomParam } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { readTimeline } from '../rooms/timeline/read.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

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

const read = createRoute({
  method: 'get',
  path: '/{room}/timeline',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: [{ adminKey: [] }],
  summary:
    'History in steps of this many seconds: 1 or more for the last hour, multiples of 60 for 30 days. Calls, joins and drop_outs are counts within a step; all other figures are those at its end',
  request: {
    params: z.object({ room: roomParam }),
    query: z.object({
      from: instant.optional(),
      to: instant.optional(),
      step: integerText(1, 86_400).optional(),
    }),
  },
  responses: {
    200: { description: 'The history', content: { 'application/json': { schema: timeline } } },
  },
});

/** History of a room, mounted at `/v1/admin/rooms`. */
export function adminTimelineRoutes(gateway: AdminDeps): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(read, async (c) => {
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
