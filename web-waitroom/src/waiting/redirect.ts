import type { ClaimAnswer } from '@shopfast/kit/contracts/api';
import { ownPath } from '@shopfast/kit/contracts/return-address';
import { withReservation } from '@shopfast/kit/contracts/token-fragment';
import { reservationKey } from '../reservation.ts';

/** Where to go, and what to leave in sessionStorage before (null: the token travels in the address). */
export type Redirect = { url: string; store: { key: string; value: string } | null };

/**
 * The way to the shop with a claimed reservation: back to where the shopper was sent here from, when the page's address
 * says so (`?return=`, own paths only), otherwise to the room's `checkout_url`.
 * @param storable whether sessionStorage can be used
 * @throws when `checkout_url` is no web address, so that a bad setting cannot run a script here
 */
export function redirectFor(claim: ClaimAnswer, room: string, pageUrl: string, storable: boolean): Redirect {
  const back = ownPath(new URL(pageUrl).searchParams.get('return'));
  const to = back ?? claim.checkout_url;
  // The gateway checks addresses whole (kit's web-address.ts); here it has to be small.
  if (!/^(\/(?![/\\\s])|https?:)/.test(to)) throw Error('Not a web address');
  const url = new URL(to, pageUrl);
  if (storable && url.origin === new URL(pageUrl).origin)
    return { url: url.href, store: { key: reservationKey(room), value: claim.reservation_token } };
  return { url: withReservation(url, claim.reservation_token), store: null };
}
