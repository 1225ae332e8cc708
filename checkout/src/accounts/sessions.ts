import { endOtherSessions, endSession, listSessions, type OwnSession } from '@shopfast/db/accounts';
import { Problem } from '@shopfast/kit/errors';
import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import type { SignedIn } from './me.ts';
import { signOut } from './sign-in.ts';

/** The most sessions that the page lists. */
const MOST_LISTED = 50;

/** Where the user is signed in, latest first. */
export async function ownSessions({ accounts, clock }: Checkout, { user }: SignedIn): Promise<OwnSession[]> {
  const { reading, sql } = accounts;
  const now = new Date(clock.now());
  return reading.run(() => listSessions(sql, { userId: user.id, now, limit: MOST_LISTED }));
}

/**
 * Ends one of the user's sessions. If it is the browser's own, the browser is signed out.
 * @throws Problem `session_unknown`
 */
export async function endOwnSession(
  checkout: Checkout,
  c: Context,
  { user, sessionId }: SignedIn,
  wanted: string,
): Promise<void> {
  if (wanted === sessionId) return signOut(checkout, c);
  const { reading, sql } = checkout.accounts;
  const wasThere = await reading.run(() => endSession(sql, { userId: user.id, sessionId: wanted }));
  if (!wasThere) throw new Problem('session_unknown');
}

/** Signs the user out everywhere else. */
export async function endOtherOwnSessions(
  { accounts }: Checkout,
  { user, sessionId }: SignedIn,
): Promise<void> {
  const { reading, sql } = accounts;
  await reading.run(() => endOtherSessions(sql, { userId: user.id, sessionId }));
}
