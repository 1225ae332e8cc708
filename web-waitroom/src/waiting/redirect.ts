import type { ClaimAnswer } from '@shopfast/kit/contracts/api';
import { ownPath } from '@shopfast/kit/contracts/return-address';
import { withReservation } from '@shopfast/kit/contracts/token-fragment';
import { reservationKey } from '../reservation.ts';

/** Where to go, and what to store in sessionStorage before (null: the token is in the address). */
export type Redirect = { url: string; store: { key: string; value: string } | null };

/**
 * The redirect to the shop after a claim: back to the page that sent the shopper here if the address names it
 * (`?return=`, own paths only), otherwise to the room's `checkout_url`.
 * @param storable whether sessionStorage can be used
 * @throws if `checkout_url` is no web address, so that a bad setting cannot run a script here
 */
export function redirectFor(claim: ClaimAnswer, room: string, pageUrl: string, storable: boolean): Redirect {
  const back = ownPath(new URL(pageUrl).searchParams.get('return'));
  const to = back ?? claim.checkout_url;
  // The gateway validates addresses fully (kit's web-address.ts); this check has to be small.
  if (!/^(\/(?![/\\\s])|https?:)/.test(to)) throw Error('Not a web address');
  const url = new URL(to, pageUrl);
  if (storable && url.origin === new URL(pageUrl).origin)
    return { url: url.href, store: { key: reservationKey(room), value: claim.reservation_token } };
  return { url: withReservation(url, claim.reservation_token), store: null };
}
