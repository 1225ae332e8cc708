import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { ifMatchHeader, readIfMatch } from '@shopfast/kit/admin/if-match';
import {
  ADMIN_KEY,
  adminProblems,
  answers,
  body,
  ETAG,
  LOCATION,
  OF_A_BODY,
} from '@shopfast/kit/api-document/describe';
import { stockSignal } from '@shopfast/kit/contracts/api';
import { ROOM_TRANSITIONS, type RoomTransition } from '@shopfast/kit/contracts/limits';
import {
  admitAnswer,
  admitRequest,
  newRoom,
  revokeAnswer,
  revokeRequest,
  roomDocument,
  roomList,
  roomParams,
  roomStats,
  someSettings,
} from '@shopfast/kit/contracts/rooms';
import { jti } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { admitByHand } from '../admission/admit.ts';
import { takeStock } from '../admission/stock.ts';
import type { ApiRegistry } from '../openapi.ts';
import { createRoom } from '../rooms/create.ts';
import { deleteRoom } from '../rooms/delete.ts';
import { resetRoom } from '../rooms/reset.ts';
import type { Room } from '../rooms/room.ts';
import { statsOf } from '../rooms/stats.ts';
import { readTemplate } from '../rooms/templates/read.ts';
import { transitionRoom } from '../rooms/transition.ts';
import { updateRoom } from '../rooms/update.ts';
import { revokeNumber } from '../tickets/revoke.ts';
import { freeSpentSlot } from '../tokens/release.ts';
import { revokeToken } from '../tokens/revoke.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Rooms'];

const TRANSITIONS: Record<RoomTransition, string> = {
  open: 'Open a room',
  pause: 'Pause a room: nobody is called until it is resumed',
  resume: 'Resume a paused or draining room',
  drain: 'Drain a room: nobody can join, and it closes by itself when empty',
  close: 'Close a room',
  reset: 'Reset a room: back to the start, without its tickets',
};

const transition = {
  method: 'post',
  tags,
  security: ADMIN_KEY,
  responses: {
    200: { ...answers('The updated room', roomDocument), headers: ETAG },
    ...adminProblems('room_unknown', 'state_conflict', 'edit_conflict'),
  },
} as const;

const routes = {
  list: createRoute({
    operationId: 'listRooms',
    method: 'get',
    path: '/',
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'List all rooms',
    responses: { 200: answers('The rooms', roomList), ...adminProblems() },
  }),
  create: createRoute({
    operationId: 'createRoom',
    method: 'post',
    path: '/',
    tags,
    security: ADMIN_KEY,
    summary: 'Create a room',
    description: 'Settings that are not given come from the template, or else from the defaults.',
    request: { headers: idempotencyHeader, body: body(newRoom) },
    responses: {
      201: { ...answers('The new room', roomDocument), headers: { ...ETAG, ...LOCATION } },
      ...adminProblems('template_unknown', 'room_exists', 'request_in_progress', ...OF_A_BODY),
    },
  }),
  read: createRoute({
    operationId: 'getRoom',
    method: 'get',
    path: '/{room}',
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'Read one room',
    request: { params: roomParams },
    responses: {
      200: { ...answers('The room', roomDocument), headers: ETAG },
      ...adminProblems('room_unknown'),
    },
  }),
  update: createRoute({
    operationId: 'updateRoom',
    method: 'patch',
    path: '/{room}',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Change settings of a room; effective within one tick',
    request: { params: roomParams, headers: ifMatchHeader, body: body(someSettings) },
    responses: {
      200: { ...answers('The updated room', roomDocument), headers: ETAG },
      ...adminProblems('room_unknown', 'state_conflict', 'edit_conflict', ...OF_A_BODY),
    },
  }),
  delete: createRoute({
    operationId: 'deleteRoom',
    method: 'delete',
    path: '/{room}',
    middleware: needs('owner'),
    tags,
    security: ADMIN_KEY,
    summary: 'Delete a room that is scheduled or closed, or any room with force',
    description: 'Only its audit log remains.',
    request: { params: roomParams, query: z.object({ force: z.enum(['true', 'false']).optional() }) },
    responses: {
      204: { description: 'Deleted' },
      ...adminProblems('room_unknown', 'state_conflict', 'edit_conflict', 'invalid_request'),
    },
  }),
  /** One handler for all transitions; the document has one call for each, see `describeTransitions`. */
  transition: createRoute({
    ...transition,
    path: '/{room}/{step}',
    hide: true,
    middleware: needs((c) => (c.req.param('step') === 'reset' ? 'owner' : 'operator')),
    request: { params: roomParams.extend({ step: z.enum(ROOM_TRANSITIONS) }) },
  }),
  admit: createRoute({
    operationId: 'admitTickets',
    method: 'post',
    path: '/{room}/admit',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Admit tickets by hand, inside the active and stock caps',
    request: { params: roomParams, body: body(admitRequest) },
    responses: {
      200: answers('How many were called', admitAnswer),
      ...adminProblems('room_unknown', 'state_conflict', ...OF_A_BODY),
    },
  }),
  revoke: createRoute({
    operationId: 'revokeTicket',
    method: 'post',
    path: '/{room}/revoke',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Revoke the ticket with a number of the ordinary line',
    description: 'It loses its place, its call, or its slot and token.',
    request: { params: roomParams, body: body(revokeRequest) },
    responses: {
      200: answers('What it was; "revoked" and "ended": it had already ended', revokeAnswer),
      ...adminProblems('room_unknown', 'ticket_unknown', 'state_conflict', ...OF_A_BODY),
    },
  }),
  remaining: createRoute({
    operationId: 'reportStock',
    method: 'put',
    path: '/{room}/remaining',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: "Report the shop's stock: the third cap, and sold-out",
    request: { params: roomParams, body: body(stockSignal) },
    responses: {
      204: { description: 'Stored' },
      ...adminProblems('room_unknown', 'stale_version', ...OF_A_BODY),
    },
  }),
  release: createRoute({
    operationId: 'releaseSlot',
    method: 'delete',
    path: '/{room}/active/{jti}',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'Free the slot of a token that was spent or cancelled',
    description: 'With revoke, revoke the token first.',
    request: {
      params: roomParams.extend({ jti }),
      query: z.object({ revoke: z.enum(['true', 'false']).optional() }),
    },
    responses: {
      204: { description: 'Freed (also when it was free before)' },
      ...adminProblems('room_unknown', 'invalid_request'),
    },
  }),
  stats: createRoute({
    operationId: 'getRoomStats',
    method: 'get',
    path: '/{room}/stats',
    middleware: needs('viewer'),
    tags,
    security: ADMIN_KEY,
    summary: 'Read the current figures of a room',
    request: { params: roomParams },
    responses: { 200: answers('Figures', roomStats), ...adminProblems('room_unknown') },
  }),
};

/** One call for each transition, so that a generated client has `openRoom`, `pauseRoom` and so on. */
function describeTransitions(api: ApiRegistry): void {
  for (const step of ROOM_TRANSITIONS)
    api.registerPath({
      ...transition,
      operationId: `${step}Room`,
      path: `/{room}/${step}`,
      summary: TRANSITIONS[step],
      request: { params: roomParams },
    });
}

/** The rate-control API, mounted at `/v1/admin/rooms`. */
export function adminRoomRoutes(
  gateway: AdminDeps,
  repeatable: MiddlewareHandler<AdminEnv>,
): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  describeTransitions(app.openAPIRegistry);

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
  app.openapi(routes.transition, async (c) => {
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
