import { z } from '@hono/zod-openapi';
import {
  answers,
  body,
  eventStream,
  NO_KEY,
  OF_A_BODY,
  page,
  problems,
  TICKET,
} from '@shopfast/kit/api-document/describe';
import {
  claimAnswer,
  joinAnswer,
  joinRequest,
  reminderAnswer,
  reminderRequest,
  ticketStatus,
} from '@shopfast/kit/contracts/api';
import { roomParams } from '@shopfast/kit/contracts/rooms';
import type { ApiRegistry } from '../openapi.ts';

/** What a call of a ticket's holder may refuse. */
const ofATicket = [
  'room_unknown',
  'ticket_missing',
  'ticket_unknown',
  'ticket_expired',
  'unavailable',
] as const;

/** Describes the ticket calls in the OpenAPI document. */
export function describeTicketRoutes(api: ApiRegistry): void {
  const holder = { tags: ['Tickets'], security: TICKET, request: { params: roomParams } };
  const me = '/v1/rooms/{room}/tickets/me';
  api.registerPath({
    operationId: 'joinRoom',
    method: 'post',
    path: '/v1/rooms/{room}/tickets',
    tags: ['Tickets'],
    security: [...TICKET, {}],
    summary: 'Join: get a place, or keep the one you have',
    description: 'Needs no body. Rooms with `one_place_per: email` need an address from newcomers.',
    request: { params: roomParams, body: { ...body(joinRequest), required: false } },
    responses: {
      201: answers('A new place', joinAnswer),
      200: answers('Your existing place', joinAnswer),
      ...problems(
        ...OF_A_BODY,
        ...(['room_unknown', 'room_not_open', 'room_closed', 'room_rejects'] as const),
        ...(['invite_required', 'code_invalid', 'proof_required', 'proof_invalid'] as const),
        ...(['rate_limited', 'overloaded', 'unavailable'] as const),
      ),
    },
  });
  api.registerPath({
    ...holder,
    operationId: 'getTicketStatus',
    method: 'get',
    path: me,
    summary: 'Read the status of your ticket; counts as a heartbeat',
    description: 'Ask again after `poll_after_ms`.',
    responses: {
      200: answers('The ticket status', ticketStatus),
      ...problems(...ofATicket, 'rate_limited', 'overloaded'),
    },
  });
  api.registerPath({
    ...holder,
    operationId: 'claimReservation',
    method: 'post',
    path: `${me}/claim`,
    summary: 'Exchange a called ticket for its reservation token',
    description: 'A repeated call gives the same unspent token.',
    responses: {
      200: answers('The token', claimAnswer),
      ...problems(...ofATicket, 'not_called', 'room_closed', 'place_taken', 'rate_limited'),
    },
  });
  api.registerPath({
    ...holder,
    operationId: 'streamTicketStatus',
    method: 'get',
    path: '/v1/rooms/{room}/events',
    summary: 'Follow the status of your ticket',
    description:
      'Server-sent events with the ticket status: on each change, and at once when the turn comes.',
    responses: {
      200: eventStream('A stream of TicketStatus'),
      ...problems(...ofATicket, 'rate_limited', 'overloaded'),
    },
  });
  api.registerPath({
    ...holder,
    operationId: 'leaveRoom',
    method: 'delete',
    path: me,
    summary: 'Leave the room: gives the place and any active slot back',
    responses: { 204: { description: 'Left' }, ...problems(...ofATicket) },
  });
  api.registerPath({
    ...holder,
    operationId: 'setReminder',
    method: 'put',
    path: `${me}/reminder`,
    summary: 'Get one mail when the turn is near',
    description:
      'The place is kept without polling until then. ahead or minutes is rounded up to the next allowed value; without both, 10 minutes.',
    request: { params: roomParams, body: body(reminderRequest) },
    responses: {
      200: answers('set: the mail will be sent; sent: it was sent, and no other follows', reminderAnswer),
      ...problems(...ofATicket, 'not_waiting', 'reminder_refused', 'rate_limited', ...OF_A_BODY),
    },
  });
  api.registerPath({
    ...holder,
    operationId: 'removeReminder',
    method: 'delete',
    path: `${me}/reminder`,
    summary: 'Remove the reminder',
    responses: {
      204: { description: 'Removed (also when there was none)' },
      ...problems(...ofATicket),
    },
  });
  const unsubscribe = {
    path: '/v1/rooms/{room}/reminder',
    tags: ['Tickets'],
    security: NO_KEY,
    request: { params: roomParams, query: z.object({ stop: z.string() }) },
  };
  api.registerPath({
    ...unsubscribe,
    operationId: 'showUnsubscribePage',
    method: 'get',
    summary: 'Show the unsubscribe page behind the link of a reminder; it changes nothing by itself',
    responses: { 200: page('A page'), ...problems('room_unknown') },
  });
  api.registerPath({
    ...unsubscribe,
    operationId: 'unsubscribeFromReminders',
    method: 'post',
    summary: 'Stop these mails for this address in this room',
    description: 'The button of the page, and one click in a mail program (RFC 8058).',
    responses: { 200: page('Done'), ...problems('room_unknown', 'body_too_large', 'unavailable') },
  });
}
