import type { OpenAPIHono } from '@hono/zod-openapi';
import { answers, NO_KEY, problems } from '@shopfast/kit/api-document/describe';
import { health, roomStatus } from '@shopfast/kit/contracts/api';
import { keySet } from '@shopfast/kit/contracts/keys';
import { roomParams } from '@shopfast/kit/contracts/rooms';

/** The registry for calls that are not made with `createRoute`. */
export type ApiRegistry = OpenAPIHono['openAPIRegistry'];

/** The head of the description of the gateway's own calls. `reference/` merges it with those of the other services. */
export const API_HEAD = { openapi: '3.1.0', info: { title: 'ShopFast gateway', version: '1.0.0' } } as const;

/** Describes calls with plain handlers in the OpenAPI document. */
export function describePlainRoutes(api: ApiRegistry): void {
  const open = { method: 'get', security: NO_KEY } as const;
  api.registerPath({
    ...open,
    operationId: 'getRoomStatus',
    path: '/v1/rooms/{room}/status',
    tags: ['Tickets'],
    summary: 'Read the state of a room, the same for everybody',
    description: 'Cacheable for a second, with an ETag.',
    request: { params: roomParams },
    responses: {
      200: answers('The room', roomStatus),
      304: { description: 'Not changed since the ETag in If-None-Match' },
      ...problems('room_unknown', 'unavailable'),
    },
  });
  api.registerPath({
    ...open,
    operationId: 'getSigningKeys',
    path: '/.well-known/jwks.json',
    tags: ['Tokens'],
    summary: 'Read the public keys that verify reservation tokens',
    responses: { 200: answers('A JWK set (RFC 7517)', keySet), ...problems('headers_too_large') },
  });
  api.registerPath({
    ...open,
    operationId: 'getLiveness',
    path: '/healthz',
    tags: ['Health'],
    summary: 'Check that the process is alive',
    responses: { 200: answers('It is', health), ...problems('headers_too_large') },
  });
  api.registerPath({
    ...open,
    operationId: 'getReadiness',
    path: '/readyz',
    tags: ['Health'],
    summary: 'Check that it can serve requests',
    description: 'Redis accepts writes, the pages are built, and it is not shutting down.',
    responses: {
      200: answers('It can', health),
      503: answers('It cannot, for the named reason', health),
      ...problems('headers_too_large'),
    },
  });
}
