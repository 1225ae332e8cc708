import { bindingCookie } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { bearer } from '@shopfast/kit/http';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Gateway } from '../deps.ts';
import type { Room } from '../rooms/room.ts';
import type { Ticket } from './ticket.ts';

/** How a ticket came: browsers carry a cookie, apps and load tests a header; both do the same. */
export type Presented = { ticket: Ticket; by: 'cookie' | 'header' };

const ticketCookie = (room: string) => `__Host-ticket_${room}`;

/** The ticket that a request shows for this room, or null. A ticket of another room does not count. */
export function presentedTicket(c: Context, gateway: Gateway, room: Room): Presented | null {
  const header = bearer(c);
  const secret = header ?? getCookie(c, ticketCookie(room.id));
  if (!secret) return null;
  const ticket = gateway.tickets.verify(secret);
  if (ticket?.room !== room.id) return null;
  return { ticket, by: header ? 'header' : 'cookie' };
}

/** @throws Problem ticket_missing, ticket_unknown */
export function requireTicket(c: Context, gateway: Gateway, room: Room): Presented {
  const presented = presentedTicket(c, gateway, room);
  if (presented) return presented;
  const showedSomething = bearer(c) ?? getCookie(c, ticketCookie(room.id));
  throw new Problem(showedSomething ? 'ticket_unknown' : 'ticket_missing');
}

const COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const DAY_SECONDS = 86_400;

export function setTicketCookie(c: Context, room: Room, secret: string): void {
  c.header('Set-Cookie', `${ticketCookie(room.id)}=${secret}; Max-Age=${DAY_SECONDS}; ${COOKIE}`, {
    append: true,
  });
}

export function clearTicketCookie(c: Context, room: Room): void {
  c.header('Set-Cookie', `${ticketCookie(room.id)}=; Max-Age=0; ${COOKIE}`, { append: true });
}

export function setBindingCookie(c: Context, room: Room, binding: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${bindingCookie(room.id)}=${binding}; Max-Age=${maxAge}; ${COOKIE}`, {
    append: true,
  });
}

/** Where a browser keeps its reservation for protected paths; scripts read it from the claim's answer, never from here. */
export const reservationCookie = (room: string) => `__Host-res_${room}`;

export function setReservationCookie(c: Context, room: Room, token: string): void {
  const maxAge = room.settings.token_ttl_seconds;
  c.header('Set-Cookie', `${reservationCookie(room.id)}=${token}; Max-Age=${maxAge}; ${COOKIE}`, {
    append: true,
  });
}

/** `Set-Cookie` values that take a room's reservation and its binding away. */
export const clearedReservation = (room: string): string[] =>
  [reservationCookie(room), bindingCookie(room)].map((name) => `${name}=; Max-Age=0; ${COOKIE}`);
