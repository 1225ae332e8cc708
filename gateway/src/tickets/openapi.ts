import { z } from '@hono/zod-openapi';
import {
  claimAnswer,
  joinAnswer,
  reminderAnswer,
  reminderRequest,
  ticketStatus,
} from '@shopfast/kit/contracts/api';
import type { ApiRegistry } from '../openapi.ts';
import { joinRequest } from './join-body.ts';

/** Describes the ticket calls in the OpenAPI document. */
export function describeTicketRoutes(api: ApiRegistry): void {
  const params = z.object({ room: z.string() });
  const tags = ['Tickets'];
  api.registerPath({
    method: 'post',
    path: '/v1/rooms/{room}/tickets',
    tags,
    summary:
      'Join: get a place, or keep the one you have. Rooms with one_place_per: email need an address from newcomers',
    request: { params, body: { content: { 'application/json': { schema: joinRequest } } } },
    responses: {
      201: { description: 'A new place', content: { 'application/json': { schema: joinAnswer } } },
      200: { description: 'Your existing place', content: { 'application/json': { schema: joinAnswer } } },
    },
  });
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/tickets/me',
    tags,
    summary: 'The status of your ticket; counts as a heartbeat',
    request: { params },
    responses: {
      200: { description: 'The ticket status', content: { 'application/json': { schema: ticketStatus } } },
    },
  });
  api.registerPath({
    method: 'post',
    path: '/v1/rooms/{room}/tickets/me/claim',
    tags,
    summary: 'Exchange a called ticket for its reservation token',
    request: { params },
    responses: {
      200: { description: 'The token', content: { 'application/json': { schema: claimAnswer } } },
    },
  });
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/events',
    tags,
    summary: 'The ticket status as server-sent events: on each change, and at once when the turn comes',
    request: { params },
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } } },
  });
  api.registerPath({
    method: 'delete',
    path: '/v1/rooms/{room}/tickets/me',
    tags,
    summary: 'Leave the room: gives the place and any active slot back',
    request: { params },
    responses: { 204: { description: 'Left' } },
  });
  api.registerPath({
    method: 'put',
    path: '/v1/rooms/{room}/tickets/me/reminder',
    tags,
    summary:
      'Get one mail when the turn is near, and keep the place without polling until then. ahead or minutes is rounded up to the next allowed value; without both, 10 minutes',
    request: { params, body: { content: { 'application/json': { schema: reminderRequest } } } },
    responses: {
      200: {
        description: 'set: the mail will be sent; sent: it was sent, and no other follows',
        content: { 'application/json': { schema: reminderAnswer } },
      },
    },
  });
  api.registerPath({
    method: 'delete',
    path: '/v1/rooms/{room}/tickets/me/reminder',
    tags,
    summary: 'Remove the reminder',
    request: { params },
    responses: { 204: { description: 'Removed (also when there was none)' } },
  });
  const stop = { params, query: z.object({ stop: z.string() }) };
  const page = { 'text/html': { schema: z.string() } };
  api.registerPath({
    method: 'get',
    path: '/v1/rooms/{room}/reminder',
    tags,
    summary: 'The unsubscribe page behind the link of a reminder; it changes nothing by itself',
    request: stop,
    responses: { 200: { description: 'A page', content: page } },
  });
  api.registerPath({
    method: 'post',
    path: '/v1/rooms/{room}/reminder',
    tags,
    summary:
      'Stop these mails for this address in this room: the button, and one click in a mail program (RFC 8058)',
    request: stop,
    responses: { 200: { description: 'Done', content: page } },
  });
}
