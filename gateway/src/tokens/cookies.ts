import { bindingCookie } from '@shopfast/kit/contracts/token';

/** The attributes of every cookie with a secret. */
export const SECRET_COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/**
 * The cookie with a browser's reservation for protected paths. Scripts read the token from the claim's answer, not from
 * the cookie.
 */
export const reservationCookie = (room: string) => `__Host-res_${room}`;

/** `Set-Cookie` values that clear a room's reservation and its binding. */
export const clearedReservation = (room: string): string[] =>
  [reservationCookie(room), bindingCookie(room)].map((name) => `${name}=; Max-Age=0; ${SECRET_COOKIE}`);
