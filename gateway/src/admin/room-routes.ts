import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { readIfMatch } from '@shopfast/kit/admin/if-match';
import { ROOM_STATES, stockSignal } from '@shopfast/kit/contracts/api';
import { integer, jti, roomId, roomParam } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { admitByHand } from '../admission/admit.ts';
import { takeStock } from '../admission/stock.ts';
import { REVOKED_FROM } from '../lua/revoke.ts';
import { createRoom } from '../rooms/create.ts';
import { deleteRoom } from '../rooms/delete.ts';
import { resetRoom } from '../rooms/reset.ts';
import type { Room } from '../rooms/room.ts';
import { allSettings, someSettings } from '../rooms/settings.ts';
import { ROOM_TRANSITIONS } from '../rooms/state-machine.ts';
import { roomStats, statsOf } from '../rooms/stats.ts';
import { readTemplate } from '../rooms/templates/read.ts';
import { transitionRoom } from '../rooms/transition.ts';
import { updateRoom } from '../rooms/update.ts';
import { revokeNumber } from '../tickets/revoke.ts';
import { freeSpentSlot } from '../tokens/release.ts';
import { revokeToken } from '../tokens/revoke.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Rooms'];
const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ room: roomParam });

const roomDocument = z
  .object({
    id: z.string(),
    ...allSettings.shape,
    state: z.enum(ROOM_STATES),
    draining: z.boolean(),
    version: z.number().int(),
  })
  .openapi('Room');

/** Not `extend`: in JSON Schema a strict object that is extended accepts neither set of fields. */
const roomRequest = z.strictObject({ id: roomId, template: roomId.optional(), ...someSettings.shape });

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'All rooms',
    responses: { 200: { description: 'The rooms', ...json(z.object({ rooms: z.array(roomDocument) })) } },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    security,
    summary: 'Create a room; settings that are not given come from the template, or else from the defaults',
    request: { headers: idempotencyHeader, body: { required: true, ...json(roomRequest) } },
    responses: { 201: { description: 'The new room', ...json(roomDocument) } },
  }),
  read: createRoute({
    method: 'get',
    path: '/{room}',
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'One room; its version is the ETag',
    request: { params },
    responses: { 200: { description: 'The room', ...json(roomDocument) } },
  }),
  update: createRoute({
    method: 'patch',
    path: '/{room}',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Change settings; effective within one tick. If-Match guards against concurrent edits',
    request: { params, body: { required: true, ...json(someSettings) } },
    responses: { 200: { description: 'The updated room', ...json(roomDocument) } },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/{room}',
    middleware: needs('owner'),
    tags,
    security,
    summary: 'Delete a room that is scheduled or closed, or any room with force; only its audit log remains',
    request: { params, query: z.object({ force: z.enum(['true', 'false']).optional() }) },
    responses: { 204: { description: 'Deleted' } },
  }),
  step: createRoute({
    method: 'post',
    path: '/{room}/{step}',
    middleware: needs((c) => (c.req.param('step') === 'reset' ? 'owner' : 'operator')),
    tags,
    security,
    summary:
      'Open, pause, resume, drain (nobody can join; closes by itself when empty), close or reset a room',
    request: { params: params.extend({ step: z.enum(ROOM_TRANSITIONS) }) },
    responses: { 200: { description: 'The updated room', ...json(roomDocument) } },
  }),
  admit: createRoute({
    method: 'post',
    path: '/{room}/admit',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Admit tickets by hand, inside the active and stock caps',
    request: {
      params,
      body: { required: true, ...json(z.strictObject({ count: integer(1, 1_000) })) },
    },
    responses: {
      200: { description: 'How many were called', ...json(z.object({ called: z.number().int() })) },
    },
  }),
  revoke: createRoute({
    method: 'post',
    path: '/{room}/revoke',
    middleware: needs('operator'),
    tags,
    security,
    summary:
      'Revoke the ticket with a number of the ordinary line: its place, its call, or its slot and token',
    request: {
      params,
      body: { required: true, ...json(z.strictObject({ number: integer(1, 1e10) })) },
    },
    responses: {
      200: {
        description: 'What it was; "revoked" and "ended": it had already ended',
        ...json(z.object({ number: z.number().int(), was: z.enum(REVOKED_FROM) })),
      },
    },
  }),
  remaining: createRoute({
    method: 'put',
    path: '/{room}/remaining',
    middleware: needs('operator'),
    tags,
    security,
    summary: "The shop's stock signal: third cap and sold-out",
    request: { params, body: { required: true, ...json(stockSignal) } },
    responses: { 204: { description: 'Stored' } },
  }),
  release: createRoute({
    method: 'delete',
    path: '/{room}/active/{jti}',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'Free the slot of a token that was spent or cancelled; with revoke, revoke the token first',
    request: {
      params: params.extend({ jti }),
      query: z.object({ revoke: z.enum(['true', 'false']).optional() }),
    },
    responses: { 204: { description: 'Freed (also when it was free before)' } },
  }),
  stats: createRoute({
    method: 'get',
    path: '/{room}/stats',
    middleware: needs('viewer'),
    tags,
    security,
    summary: 'Current figures of the room',
    request: { params },
    responses: { 200: { description: 'Figures', ...json(roomStats) } },
  }),
};

/** The rate-control API, mounted at `/v1/admin/rooms`. */
export function adminRoomRoutes(
  gateway: AdminDeps,
  repeatable: MiddlewareHandler<AdminEnv>,
): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });

  app.openapi(routes.list, (c) => {
    return c.json({ rooms: gateway.rooms.all().map(roomToJson) }, 200);
  });
  app.openapi({ ...routes.create, middleware: [...needs('operator'), repeatable] }, async (c) => {
    const { id, template, ...settings } = c.req.valid('json');
    const fromTemplate = template ? await readTemplate(gateway, template) : {};
    const room = await createRoom(gateway, id, { ...fromTemplate, ...settings }, authorOf(c));
    return c.json(roomToJson(room), 201, { ...etag(room), Location: `/v1/admin/rooms/${id}` });
  });
  app.openapi(routes.read, (c) => {
    const room = gateway.rooms.get(c.req.valid('param').room);
    return c.json(roomToJson(room), 200, etag(room));
  });
  app.openapi(routes.update, async (c) => {
    const { room: id } = c.req.valid('param');
    const expected = readIfMatch(c.req.header('if-match'));
    const room = await updateRoom(gateway, id, c.req.valid('json'), expected, authorOf(c));
    return c.json(roomToJson(room), 200, etag(room));
  });
  app.openapi(routes.delete, async (c) => {
    const { room: id } = c.req.valid('param');
    await deleteRoom(gateway, id, c.req.valid('query').force === 'true', authorOf(c));
    return c.body(null, 204);
  });
  app.openapi(routes.admit, async (c) => {
    const called = await admitByHand(
      gateway,
      c.req.valid('param').room,
      c.req.valid('json').count,
      authorOf(c),
    );
    return c.json({ called }, 200);
  });
  app.openapi(routes.revoke, async (c) => {
    const { number } = c.req.valid('json');
    const room = gateway.rooms.get(c.req.valid('param').room);
    return c.json({ number, was: await revokeNumber(gateway, room.id, number, authorOf(c)) }, 200);
  });
  app.openapi(routes.step, async (c) => {
    const { room: id, step } = c.req.valid('param');
    if (step === 'reset') await resetRoom(gateway, id, authorOf(c));
    else await transitionRoom(gateway, id, step, authorOf(c));
    const room = gateway.rooms.get(id);
    return c.json(roomToJson(room), 200, etag(room));
  });
  app.openapi(routes.remaining, async (c) => {
    const room = gateway.rooms.get(c.req.valid('param').room);
    await takeStock(gateway, room.id, c.req.valid('json'));
    return c.body(null, 204);
  });
  app.openapi(routes.release, async (c) => {
    const { room: id, jti } = c.req.valid('param');
    const room = gateway.rooms.get(id);
    if (c.req.valid('query').revoke === 'true') await revokeToken(gateway, room.id, jti, authorOf(c));
    else await freeSpentSlot(gateway, room.id, jti);
    return c.body(null, 204);
  });
  app.openapi(routes.stats, (c) => {
    const room = gateway.rooms.get(c.req.valid('param').room);
    return c.json(statsOf(room, gateway.clock.now(), gateway.meters.etaRatios.get(room.id)), 200);
  });
  return app;
}

function roomToJson(room: Room) {
  return {
    id: room.id,
    ...room.settings,
    state: room.shownState,
    draining: room.state === 'draining',
    version: room.version,
  };
}

const etag = (room: Room) => ({ ETag: `"${room.version}"`, 'Cache-Control': 'no-store' });
