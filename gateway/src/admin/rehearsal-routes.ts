import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { integer, roomParam } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import type { Rehearsals } from '../rehearsal/rehearsals.ts';
import { REHEARSAL_HEADER, rehearsalPass } from '../rooms/visible.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Rehearsal'];
const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ room: roomParam });
const plan = z.strictObject({
  shoppers: integer(1, 10_000),
  seconds: integer(1, 3_600),
});

const routes = {
  start: createRoute({
    method: 'post',
    path: '/{room}/rehearse',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Send a synthetic crowd through a rehearsal room; it ends by itself',
    request: { params, body: { required: true, ...json(plan) } },
    responses: {
      202: {
        description: 'The plan; the crowd starts now',
        ...json(plan.extend({ ends_at: z.iso.datetime() })),
      },
    },
  }),
  stop: createRoute({
    method: 'delete',
    path: '/{room}/rehearse',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'End the synthetic crowd of this gateway process now',
    request: { params },
    responses: { 204: { description: 'Ended (also when there was none)' } },
  }),
  pass: createRoute({
    method: 'get',
    path: '/{room}/rehearsal-pass',
    middleware: needs('operator'),
    tags,
    security,
    summary: `The pass that makes a rehearsal room visible: send it as ${REHEARSAL_HEADER}; it is valid until the room is reset`,
    request: { params },
    responses: {
      200: { description: 'The pass', ...json(z.object({ header: z.string(), pass: z.string() })) },
    },
  }),
};

/** Rehearsal of a room, mounted at `/v1/admin/rooms`. */
export function adminRehearsalRoutes(gateway: AdminDeps, rehearsals: Rehearsals): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(routes.start, async (c) => {
    const given = c.req.valid('json');
    const endsAt = await rehearsals.start(c.req.valid('param').room, given, authorOf(c));
    return c.json({ ...given, ends_at: new Date(endsAt).toISOString() }, 202);
  });
  app.openapi(routes.stop, async (c) => {
    await rehearsals.stop(c.req.valid('param').room);
    return c.body(null, 204);
  });
  app.openapi(routes.pass, (c) => {
    const pass = rehearsalPass(gateway, gateway.rooms.get(c.req.valid('param').room));
    return c.json({ header: REHEARSAL_HEADER, pass }, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}
