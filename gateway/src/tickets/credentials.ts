import { bindingCookie } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { type HotPathContext, requestHeader } from '@shopfast/kit/hot-path';
import type { Context } from 'hono';
import { parse } from 'hono/utils/cookie';
import type { Gateway } from '../deps.ts';
import type { Room } from '../rooms/room.ts';
import type { Ticket } from './ticket.ts';

/** How a ticket was sent: browsers use a cookie, apps and load tests a header; both have the same effect. */
export type Presented = { ticket: Ticket; by: 'cookie' | 'header' };

const ticketCookie = (room: string) => `__Host-ticket_${room}`;

/** The ticket of a request for this room, or null. A ticket of another room does not count. */
export function presentedTicket(c: HotPathContext, gateway: Gateway, room: Room): Presented | null {
  const shown = shownSecret(c, room);
  if (!shown) return null;
  const ticket = gateway.tickets.verify(shown.secret);
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
export function requireTicket(c: HotPathContext, gateway: Gateway, room: Room): Presented {
  const presented = presentedTicket(c, gateway, room);
  if (presented) return presented;
  throw new Problem(shownSecret(c, room) ? 'ticket_unknown' : 'ticket_missing');
}

const COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const DAY_SECONDS = 86_400;

/** The `Set-Cookie` with a browser's ticket. */
export function ticketCookieFor(room: Room, secret: string): string {
  return `${ticketCookie(room.id)}=${secret}; Max-Age=${DAY_SECONDS}; ${COOKIE}`;
}

function clearTicketCookie(c: Context, room: Room): void {
  c.header('Set-Cookie', `${ticketCookie(room.id)}=; Max-Age=0; ${COOKIE}`, { append: true });
}

function setBindingCookie(c: Context, room: Room, binding: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${bindingCookie(room.id)}=${binding}; Max-Age=${maxAge}; ${COOKIE}`, {
    append: true,
  });
}

/**
 * The cookie with a browser's reservation for protected paths. Scripts read the token from the claim's answer, not from
 * the cookie.
 */
export const reservationCookie = (room: string) => `__Host-res_${room}`;

function setReservationCookie(c: Context, room: Room, token: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${reservationCookie(room.id)}=${token}; Max-Age=${maxAge}; ${COOKIE}`, {
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

/** `Set-Cookie` values that clear a room's reservation and its binding. */
export const clearedReservation = (room: string): string[] =>
  [reservationCookie(room), bindingCookie(room)].map((name) => `${name}=; Max-Age=0; ${COOKIE}`);
