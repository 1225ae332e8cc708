/** Secrets that should not be on a command line. */
export function readAbuseEnv(): { adminKey?: string; webhookSecret?: string } {
  const { ADMIN_KEY: adminKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = process.env;
  return { ...(adminKey ? { adminKey } : {}), ...(webhookSecret ? { webhookSecret } : {}) };
}
