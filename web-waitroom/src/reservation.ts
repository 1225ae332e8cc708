/**
 * The reservation as the waiting page passes it to the shop: in sessionStorage if both have one origin, otherwise in
 * the fragment of the shop's address (never sent to a server).
 */
export type Reservation = {
  token: string;
  room: string;
  jti: string;
  /** End of the token, in server time, ms since 1970. */
  expiresAt: number;
  maxQuantity: number | null;
  /** The products that it is for; null: all products of its room. */
  products: readonly string[] | null;
};

export const reservationKey = (room: string) => `reservation:${room}`;

/**
 * Reads the parts of a reservation token that a page needs. It is not verified here: the checkout does that.
 * @returns null if it is no reservation token
 */
export function readReservation(token: string): Reservation | null {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const { room, jti, exp, max_quantity: most, products } = claims;
    if (typeof room !== 'string' || typeof jti !== 'string' || typeof exp !== 'number') return null;
    return {
      token,
      room,
      jti,
      expiresAt: exp * 1000,
      maxQuantity: typeof most === 'number' ? most : null,
      products: Array.isArray(products) ? products : null,
    };
  } catch {
    return null;
  }
}
