import { bindingCookie } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { type HotPathContext, requestHeader } from '@shopfast/kit/hot-path';
import type { Context } from 'hono';
import { parse } from 'hono/utils/cookie';
import type { Room } from '../rooms/room.ts';
import { clearedReservation, reservationCookie, SECRET_COOKIE } from '../tokens/cookies.ts';
import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';

/** How a ticket was sent: browsers use a cookie, apps and load tests a header; both have the same effect. */
export type Presented = { ticket: Ticket; by: 'cookie' | 'header' };

const ticketCookie = (room: string) => `__Host-ticket_${room}`;

/** The ticket of a request for this room, or null. A ticket of another room does not count. */
export function presentedTicket(c: HotPathContext, deps: TicketDeps, room: Room): Presented | null {
  const shown = shownSecret(c, room);
  if (!shown) return null;
  const ticket = deps.tickets.verify(shown.secret);
  if (ticket?.room !== room.id) return null;
  return { ticket, by: shown.by };
}

function shownSecret(c: HotPathContext, room: Room): { secret: string; by: Presented['by'] } | null {
  const authorization = requestHeader(c, 'authorization');
  if (authorization && /^bearer /i.test(authorization))
    return { secret: authorization.slice(7).trim(), by: 'header' };
  const cookies = requestHeader(c, 'cookie');
  const name = ticketCookie(room.id);
  const secret = cookies && parse(cookies, name)[name];
  return secret ? { secret, by: 'cookie' } : null;
}

/** @throws Problem ticket_missing, ticket_unknown */
export function requireTicket(c: HotPathContext, deps: TicketDeps, room: Room): Presented {
  const presented = presentedTicket(c, deps, room);
  if (presented) return presented;
  throw new Problem(shownSecret(c, room) ? 'ticket_unknown' : 'ticket_missing');
}

const DAY_SECONDS = 86_400;

/** The `Set-Cookie` with a browser's ticket. */
export function ticketCookieFor(room: Room, secret: string): string {
  return `${ticketCookie(room.id)}=${secret}; Max-Age=${DAY_SECONDS}; ${SECRET_COOKIE}`;
}

function clearTicketCookie(c: Context, room: Room): void {
  c.header('Set-Cookie', `${ticketCookie(room.id)}=; Max-Age=0; ${SECRET_COOKIE}`, { append: true });
}

function setBindingCookie(c: Context, room: Room, binding: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${bindingCookie(room.id)}=${binding}; Max-Age=${maxAge}; ${SECRET_COOKIE}`, {
    append: true,
  });
}

function setReservationCookie(c: Context, room: Room, token: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${reservationCookie(room.id)}=${token}; Max-Age=${maxAge}; ${SECRET_COOKIE}`, {
    append: true,
  });
}

/** The cookies of a claim: the binding, and for protected paths the reservation. Scripts cannot read them. */
export function setClaimCookies(
  c: Context,
  room: Room,
  { binding, token }: { binding: string; token: string },
  isProtected: boolean,
): void {
  setBindingCookie(c, room, binding);
  if (isProtected) setReservationCookie(c, room, token);
}

/** Clears all cookies of a place. */
export function clearPlaceCookies(c: Context, room: Room, isProtected: boolean): void {
  clearTicketCookie(c, room);
  if (!isProtected) return;
  for (const cookie of clearedReservation(room.id)) c.header('Set-Cookie', cookie, { append: true });
}
