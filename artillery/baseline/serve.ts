import { serve } from '@hono/node-server';
import { readEnv } from '@shopfast/kit/env';
import { announceReady } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createTransport } from 'nodemailer';
import postgres from 'postgres';
import Stripe from 'stripe';
import { z } from 'zod';
import { createOldShop } from './old-shop.ts';

const env = readEnv(
  z.object({
    DATABASE_URL: z.url(),
    DATABASE_POOL: z.coerce.number().int().min(1),
    SMTP_URL: z.url(),
    STRIPE_SECRET_KEY: z.string(),
    STRIPE_API_BASE: z.url(),
  }),
);
const log = createLog('old-shop', 'error');

await runService(log, async (lifecycle) => {
  const sql = postgres(env.DATABASE_URL, { max: env.DATABASE_POOL });
  lifecycle.onClose('postgres', () => sql.end({ timeout: 1 }));
  const { hostname: host, port: stripePort } = new URL(env.STRIPE_API_BASE);
  const stripe = new Stripe(env.STRIPE_SECRET_KEY, {
    host,
    port: stripePort,
    protocol: 'http',
    telemetry: false,
  });
  const app = createOldShop({ sql, stripe, mail: createTransport(env.SMTP_URL), log });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    announceReady({ url: `http://127.0.0.1:${port}` }),
  );
  lifecycle.onClose('http server', () => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
});
