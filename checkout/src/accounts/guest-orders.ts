import { adoptGuestOrders, disownGuestOrders, listGuestOrders } from '@shopfast/db/accounts/guest-orders';
import type { OrderWithItems } from '@shopfast/db/orders/items';
import type { Checkout } from '../deps.ts';
import type { Profile } from './profile.ts';

/** Answered in one call at most, and shown at once. */
export const MOST_GUEST_ORDERS = 100;

/** Guests' orders with the user's verified address, which the user is asked about. @throws Problem `overloaded`, `unavailable` */
export async function guestOrders({ accounts }: Checkout, { id }: Profile): Promise<OrderWithItems[]> {
  const { reading, sql } = accounts;
  return reading.run(() => listGuestOrders(sql, { userId: id, limit: MOST_GUEST_ORDERS }));
}

/** Makes these orders the user's, as far as they are guests' orders with the user's address. @returns how many */
export async function adoptOrders({ accounts }: Checkout, { id }: Profile, orderIds: string[]) {
  const { reading, sql } = accounts;
  return reading.run(() => adoptGuestOrders(sql, { userId: id, orderIds }));
}

/** Somebody else placed these orders; they are not asked about again. @returns how many */
export async function disownOrders({ accounts }: Checkout, { id }: Profile, orderIds: string[]) {
  const { reading, sql } = accounts;
  return reading.run(() => disownGuestOrders(sql, { userId: id, orderIds }));
}
