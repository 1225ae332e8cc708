import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { ADMIN_KEY, adminProblems, answers } from '@shopfast/kit/api-document/describe';
import { roomParams, timeline, timelineQuery } from '@shopfast/kit/contracts/rooms';
import { refuseInvalid } from '@shopfast/kit/http';
import { readTimeline } from '../rooms/timeline/read.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const read = createRoute({
  operationId: 'getTimeline',
  method: 'get',
  path: '/{room}/timeline',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: ADMIN_KEY,
  summary: 'Read the history of a room',
  description:
    'In steps of this many seconds: 1 or more for the last hour, multiples of 60 for 30 days. Calls, joins and drop_outs are counts within a step; all other figures are those at its end.',
  request: { params: roomParams, query: timelineQuery },
  responses: {
    200: answers('The history', timeline),
    ...adminProblems('room_unknown', 'invalid_request'),
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
