import {
  adoptGuestOrders,
  disownGuestOrders,
  listGuestOrders,
  listOwnOrders,
} from '@shopfast/db/account-orders';
import { eraseAccount, readAddresses, renameUser, replaceAddresses } from '@shopfast/db/accounts';
import type { OrderWithItems } from '@shopfast/db/orders/find';
import type { Me, PostalAddress, Profile } from '@shopfast/kit/contracts/accounts';
import { MOST_GUEST_ORDERS } from '@shopfast/kit/contracts/limits';
import { Problem } from '@shopfast/kit/errors';
import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';

/** What a page may read about a user; never a session token. */
export const profile = ({ id, email, name }: Profile): Profile => ({ id, email, name });

/**
 * Reads the signed-in user from the database, so an ended session is not accepted.
 * @throws Problem `session_missing`, `overloaded`, `unavailable`
 */
export async function signedIn(checkout: Checkout, c: Context): Promise<Profile> {
  return (await ownSession(checkout, c)).user;
}

export type SignedIn = { user: Profile; sessionId: string };

/** Like {@link signedIn}, with the session of the request. */
export async function ownSession({ accounts }: Checkout, c: Context): Promise<SignedIn> {
  const { auth, reading } = accounts;
  const session = await askAuth(c, reading, () =>
    auth.api.getSession({
      headers: c.req.raw.headers,
      query: { disableCookieCache: true },
      returnHeaders: true,
    }),
  );
  if (!session) throw new Problem('session_missing');
  return { user: profile(session.user), sessionId: session.session.id };
}

export async function readMe({ accounts }: Checkout, user: Profile): Promise<Me> {
  const { reading, sql } = accounts;
  return { ...user, addresses: await reading.run(() => readAddresses(sql, user.id)) };
}

/** Changes the name, the whole list of addresses, or both. */
export async function changeMe(
  checkout: Checkout,
  user: Profile,
  change: { name?: string | undefined; addresses?: PostalAddress[] | undefined },
): Promise<Me> {
  const { accounts, clock } = checkout;
  const { reading, sql } = accounts;
  const { name, addresses } = change;
  const owner = { userId: user.id, now: new Date(clock.now()) };
  if (name !== undefined) await reading.run(() => renameUser(sql, { ...owner, name }));
  if (addresses !== undefined) await reading.run(() => replaceAddresses(sql, { ...owner, addresses }));
  return readMe(checkout, { ...user, name: name ?? user.name });
}

/** One page of the user's orders, newest first, and the cursor of the next page (null at the end). */
export async function ownOrders(
  { accounts }: Checkout,
  user: Profile,
  page: { before: string | null; limit: number },
): Promise<{ orders: OrderWithItems[]; next: string | null }> {
  const { reading, sql } = accounts;
  const found = await reading.run(() =>
    listOwnOrders(sql, { userId: user.id, before: page.before, limit: page.limit + 1 }),
  );
  const orders = found.slice(0, page.limit);
  return { orders, next: found.length > page.limit ? (orders.at(-1)?.id ?? null) : null };
}

/**
 * Erases the account after a check of its password, and signs the browser out.
 * @throws Problem `credentials_invalid`, `session_missing`, `overloaded`, `unavailable`
 */
export async function eraseMe({ accounts }: Checkout, c: Context, user: Profile, password: string) {
  const { auth, proving, reading, sql } = accounts;
  const { headers } = c.req.raw;
  await askAuth(c, proving, () =>
    auth.api.verifyPassword({ body: { password }, headers, returnHeaders: true }),
  );
  await reading.run(() => eraseAccount(sql, user.id));
  await askAuth(c, reading, () => auth.api.signOut({ headers, returnHeaders: true }));
}

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
