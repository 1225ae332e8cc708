/**
 * The reservation, as it is handed from the waiting page to the shop: in sessionStorage when both are of one origin,
 * otherwise in the fragment of the shop's address (never sent to a server).
 */
export type Reservation = {
  token: string;
  room: string;
  jti: string;
  /** End of the token, server time, ms since 1970. */
  expiresAt: number;
  maxQuantity: number | null;
  /** Which products it is for; null: those of its room. */
  products: readonly string[] | null;
};

export const reservationKey = (room: string) => `reservation:${room}`;

/**
 * Reads what a page needs to know of a reservation token. It is not verified here: that is the checkout's work.
 * @returns null when it is not such a token
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
