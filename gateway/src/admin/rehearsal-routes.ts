import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import {
  rehearsalPassDocument,
  rehearsalPlan,
  roomParams,
  startedRehearsal,
} from '@shopfast/kit/contracts/rooms';
import { refuseInvalid } from '@shopfast/kit/http';
import type { Rehearsals } from '../rehearsal/rehearsals.ts';
import { REHEARSAL_HEADER, rehearsalPass } from '../rooms/visible.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Rehearsal'];

const routes = {
  start: createRoute({
    operationId: 'startRehearsal',
    method: 'post',
    path: '/{room}/rehearse',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Send a synthetic crowd through a rehearsal room; it ends by itself',
    request: { params: roomParams, body: body(rehearsalPlan) },
    responses: {
      202: answers('The plan; the crowd starts now', startedRehearsal),
      ...adminProblems('room_unknown', 'state_conflict', ...OF_A_BODY),
    },
  }),
  stop: createRoute({
    operationId: 'stopRehearsal',
    method: 'delete',
    path: '/{room}/rehearse',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'End the synthetic crowd of this gateway process now',
    request: { params: roomParams },
    responses: { 204: { description: 'Ended (also when there was none)' }, ...adminProblems('room_unknown') },
  }),
  pass: createRoute({
    operationId: 'getRehearsalPass',
    method: 'get',
    path: '/{room}/rehearsal-pass',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Get the pass that makes a rehearsal room visible',
    description: `Send it as ${REHEARSAL_HEADER}. It is valid until the room is reset.`,
    request: { params: roomParams },
    responses: { 200: answers('The pass', rehearsalPassDocument), ...adminProblems('room_unknown') },
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
