import { randomUUIDv7 } from 'node:crypto';
import { AUTH_TABLES, authDatabase } from '@shopfast/db/auth-database';
import type { Sql } from '@shopfast/db/client';
import { PASSWORD } from '@shopfast/kit/contracts/limits';
import type { Log } from '@shopfast/kit/log';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { createEmailVerificationToken } from 'better-auth/api';
import { RESET_LINK_SECONDS, VERIFY_LINK_SECONDS, wantMail } from './mails.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { COOKIE_PREFIX } from './session.ts';

export const SESSION_DAYS = 30;

export type AuthOptions = {
  sql: Sql;
  secret: string;
  publicUrl: string;
  hasher: PasswordHasher;
  /** Called when a password was set with a mailed link. */
  onPasswordReset(userId: string): Promise<void>;
  log: Log;
};

/**
 * better-auth as this shop uses it: e-mail and password, no sign-in before the address is verified. Its HTTP handler is
 * not mounted: our routes call its functions, so answers have our form and no unused endpoint is open.
 * @param options.sql a pool for this alone
 */
export function createAuth({ sql, secret, publicUrl, hasher, onPasswordReset, log }: AuthOptions) {
  return betterAuth({
    appName: 'ShopFast',
    baseURL: publicUrl,
    basePath: '/v1/auth',
    secret,
    trustedOrigins: [new URL(publicUrl).origin],
    database: drizzleAdapter(authDatabase(sql), { provider: 'pg', schema: AUTH_TABLES }),
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: SESSION_DAYS * 86_400,
      // No signed copy of the session in the browser: it would stay valid after the session ended.
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD.least,
      // Our limit counts code points, this one UTF-16 units.
      maxPasswordLength: 2 * PASSWORD.most,
      password: {
        hash: (password) => hasher.hash(password),
        verify: ({ password, hash }) => hasher.verify(password, hash),
      },
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_LINK_SECONDS,
      sendResetPassword: async ({ user, token }) =>
        wantMail({ template: 'reset_password', user, secret: token }),
      onPasswordReset: ({ user }) => onPasswordReset(user.id),
      // Only the mailbox learns that the account exists. The caller gets the same answer as for a new account.
      onExistingUserSignUp: async ({ user }) => {
        if (user.emailVerified) return wantMail({ template: 'account_exists', user, secret: null });
        const token = await createEmailVerificationToken(secret, user.email, undefined, VERIFY_LINK_SECONDS, {
          userId: user.id,
        });
        wantMail({ template: 'verify_email', user, secret: token });
      },
    },
    emailVerification: {
      sendVerificationEmail: async ({ user, token }) =>
        wantMail({ template: 'verify_email', user, secret: token }),
      sendOnSignUp: true,
      sendOnSignIn: true,
      expiresIn: VERIFY_LINK_SECONDS,
    },
    // We have our own budgets (budgets.ts). They apply before anything is hashed or read.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      // This option would add "__Secure-" to a name that already has "__Host-". Secure is set below.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => randomUUIDv7() },
    },
    logger: {
      level: 'error',
      log: (level, message) => log[level === 'error' ? 'warn' : 'debug']({ part: 'better-auth' }, message),
    },
  });
}
export type Auth = ReturnType<typeof createAuth>;
