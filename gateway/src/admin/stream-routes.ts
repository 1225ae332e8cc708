import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { ADMIN_KEY, adminProblems, eventStream } from '@shopfast/kit/api-document/describe';
import { roomParams } from '@shopfast/kit/contracts/rooms';
import { refuseInvalid } from '@shopfast/kit/http';
import { outgoingOf } from '@shopfast/kit/node-context';
import type { LiveHub } from '../rooms/live-hub.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const stream = createRoute({
  operationId: 'streamRoomStats',
  method: 'get',
  path: '/{room}/stream',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: ADMIN_KEY,
  summary: 'Follow the figures of a room',
  description:
    'Server-sent events with the stats document, within a second of each change. Ends after five minutes.',
  request: { params: roomParams },
  responses: {
    200: eventStream('A stream of RoomStats'),
    ...adminProblems('room_unknown', 'overloaded'),
  },
});

/** Live figures of a room, mounted at `/v1/admin/rooms`. */
export function adminStreamRoutes(gateway: AdminDeps, hub: LiveHub): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(stream, (c) => {
    const room = gateway.rooms.get(c.req.valid('param').room);
    const outgoing = outgoingOf(c);
    hub.open(room.id, c.get('actor').keyId, outgoing, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}
