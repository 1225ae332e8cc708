/** The reservation token travels in the fragment of the shop's address. Browsers never send fragments to a server. */
export const RESERVATION_FRAGMENT = 'reservation_token';

/** The shop's address with the token in its fragment. */
export function withReservation(address: URL, token: string): string {
  const url = new URL(address);
  url.hash = new URLSearchParams({ [RESERVATION_FRAGMENT]: token }).toString();
  return url.href;
}
