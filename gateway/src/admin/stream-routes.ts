import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { roomParam } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { outgoingOf } from '@shopfast/kit/node-context';
import type { LiveHub } from '../rooms/live-hub.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const stream = createRoute({
  method: 'get',
  path: '/{room}/stream',
  middleware: needs('viewer'),
  tags: ['Rooms'],
  security: [{ adminKey: [] }],
  summary:
    'The stats document as server-sent events, within a second of each change; ends after five minutes',
  request: { params: z.object({ room: roomParam }) },
  responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } } },
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
