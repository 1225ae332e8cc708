import { RESERVATION_FRAGMENT } from '@shopfast/kit/contracts/token-fragment';
import { type Reservation, readReservation, reservationKey } from '../reservation.ts';

/** The shop's data in the browser: reservations and an unfinished purchase per tab, order tokens for longer. */
export type ReservationStore = {
  /** The reservation for a room, if there is one; it may have expired. */
  reservation(room: string): Reservation | null;
  reservations(): Reservation[];
  forgetReservation(room: string): void;
  orderToken(orderId: string): string | null;
  keepOrderToken(orderId: string, token: string): void;
  purchase(product: string): Purchase | null;
  keepPurchase(product: string, purchase: Purchase): void;
  forgetPurchase(product: string): void;
};

/** An order that was sent and has no answer yet. Sent again with the same key, it is the same order. */
export type Purchase = {
  idempotencyKey: string;
  reservationToken: string;
  room: string;
  body: { product_id: string; quantity: number; email: string; payment_method: string; locale?: string };
};

/** The used part of Web Storage. */
export type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const orderKey = (orderId: string) => `order:${orderId}`;
const purchaseKey = (product: string) => `purchase:${product}`;

/**
 * @param tab sessionStorage
 * @param browser localStorage: order tokens outlive the tab
 */
export function openReservationStore(tab: WebStorage, browser: WebStorage): ReservationStore {
  const reservation = (room: string) => readReservation(tab.getItem(reservationKey(room)) ?? '');
  return {
    reservation,
    reservations() {
      const keys = Array.from({ length: tab.length }, (_, index) => tab.key(index) ?? '');
      const prefix = reservationKey('');
      return keys
        .filter((key) => key.startsWith(prefix))
        .map((key) => reservation(key.slice(prefix.length)))
        .filter((one) => one !== null);
    },
    forgetReservation: (room) => tab.removeItem(reservationKey(room)),
    orderToken: (orderId) => browser.getItem(orderKey(orderId)),
    keepOrderToken: (orderId, token) => browser.setItem(orderKey(orderId), token),
    purchase(product) {
      const kept = tab.getItem(purchaseKey(product));
      return kept === null ? null : JSON.parse(kept);
    },
    keepPurchase: (product, purchase) => tab.setItem(purchaseKey(product), JSON.stringify(purchase)),
    forgetPurchase: (product) => tab.removeItem(purchaseKey(product)),
  };
}

/**
 * Takes a reservation out of an address's fragment, where a waiting room on another origin puts it.
 * @returns the fragment without it
 */
export function takeFromFragment(hash: string, tab: WebStorage): string {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const token = fragment.get(RESERVATION_FRAGMENT);
  if (token === null) return hash;
  fragment.delete(RESERVATION_FRAGMENT);
  const reservation = readReservation(token);
  if (reservation) tab.setItem(reservationKey(reservation.room), token);
  const rest = fragment.toString();
  return rest ? `#${rest}` : '';
}
