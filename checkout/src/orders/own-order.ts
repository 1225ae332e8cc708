import type { FoundOrder } from '@shopfast/db/orders/find';
import { Problem } from '@shopfast/kit/errors';
import { bearer } from '@shopfast/kit/http';
import { refuseOtherOrigins } from '@shopfast/kit/same-origin';
import type { Context } from 'hono';
import { signedIn } from '../accounts/me.ts';
import { knownSession } from '../accounts/session.ts';
import type { Checkout } from '../deps.ts';
import { opensOrder } from './order-token.ts';
import { showOrder } from './show.ts';

/**
 * The order, for who holds its token or is signed in as its buyer. Everybody else gets the same answer for every id, so that
 * nobody learns which orders exist.
 * @throws Problem `order_forbidden`, `order_unknown`, `origin_forbidden`, `overloaded`, `unavailable`
 */
export async function ownOrder(checkout: Checkout, c: Context, orderId: string): Promise<FoundOrder> {
  const token = bearer(c);
  if (opensOrder(checkout.config.orderSecret, orderId, token)) return showOrder(checkout, orderId);
  const userId = token === undefined ? await buyerSignedIn(checkout, c) : null;
  if (userId === null) throw new Problem('order_forbidden');
  const order = await showOrder(checkout, orderId).catch(hideUnknown);
  if (order.user_id !== userId) throw new Problem('order_forbidden');
  return order;
}

/** From the session's signed copy; only when that has run out is the database asked, in the accounts' own turn. */
async function buyerSignedIn(checkout: Checkout, c: Context): Promise<string | null> {
  const { userId, sessionToken } = await knownSession(checkout.accounts, c.req.header('cookie'));
  if (userId === null && sessionToken === null) return null;
  refuseOtherOrigins(c, checkout.accounts.origin);
  if (userId !== null) return userId;
  return signedIn(checkout, c).then(
    (user) => user.id,
    (error) => {
      if (error instanceof Problem && error.code === 'session_missing') return null;
      throw error;
    },
  );
}

function hideUnknown(error: unknown): never {
  if (error instanceof Problem && error.code === 'order_unknown') throw new Problem('order_forbidden');
  throw error;
}
