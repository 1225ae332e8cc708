import { adoptGuestOrders, disownGuestOrders, listGuestOrders } from '@shopfast/db/account-orders';
import type { OrderWithItems } from '@shopfast/db/orders/find';
import type { Checkout } from '../deps.ts';
import type { Profile } from './profile.ts';

/** The most orders that one call returns. The page shows them all. */
export const MOST_GUEST_ORDERS = 100;

/** Guest orders with the user's verified address, to confirm or reject. @throws Problem `overloaded`, `unavailable` */
export async function guestOrders({ accounts }: Checkout, { id }: Profile): Promise<OrderWithItems[]> {
  const { reading, sql } = accounts;
  return reading.run(() => listGuestOrders(sql, { userId: id, limit: MOST_GUEST_ORDERS }));
}

/** Assigns these guest orders to the user if they have the user's address. @returns how many */
export async function adoptOrders({ accounts }: Checkout, { id }: Profile, orderIds: string[]) {
  const { reading, sql } = accounts;
  return reading.run(() => adoptGuestOrders(sql, { userId: id, orderIds }));
}

/** Marks these guest orders as somebody else's, so the user is not asked about them again. @returns how many */
export async function disownOrders({ accounts }: Checkout, { id }: Profile, orderIds: string[]) {
  const { reading, sql } = accounts;
  return reading.run(() => disownGuestOrders(sql, { userId: id, orderIds }));
}
