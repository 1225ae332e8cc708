import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';

/**
 * Sets a new password after checking the present one. All other sessions end; this one gets a new secret.
 * @throws Problem `credentials_invalid`, `session_missing`, `overloaded`, `unavailable`
 */
export async function changePassword(
  { accounts }: Checkout,
  c: Context,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { auth, proving } = accounts;
  await askAuth(c, proving, () =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers: c.req.raw.headers,
      returnHeaders: true,
    }),
  );
}
