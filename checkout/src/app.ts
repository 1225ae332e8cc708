import { OpenAPIHono } from '@hono/zod-openapi';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { finishDocument } from '@shopfast/kit/api-document/finish';
import { addressWithin, isFromTrusted } from '@shopfast/kit/client-address';
import { type HttpEnv, installBasics, refuseInvalid } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { authRoutes } from './accounts/auth-routes.ts';
import { meRoutes } from './accounts/me-routes.ts';
import { adminProductRoutes } from './catalog/admin/routes.ts';
import { catalogRoutes } from './catalog/routes.ts';
import type { Checkout, CheckoutHttpEnv } from './deps.ts';
import { healthRoutes } from './health.ts';
import { createHotPathHandlers, hotPathRoutes } from './hot-path.ts';
import { API_HEAD } from './openapi.ts';
import { adminOrderRoutes } from './orders/admin/routes.ts';
import { describePlaceCall } from './orders/hot-path.ts';
import { orderRoutes } from './orders/routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { missingShopPages, shopPageRoutes } from './shop-pages.ts';

/** Called all the time: successful answers are logged at "debug". */
const FREQUENT = /^\/(v1\/products|healthz|readyz)/;

/**
 * Builds the checkout's HTTP application without starting anything. Hot-path routes come first, each the only handler
 * of its path; all middleware comes after them.
 */
export function createApp(
  checkout: Checkout,
  isDraining: () => boolean = () => false,
  handlers = createHotPathHandlers(checkout),
) {
  const others = createOtherRoutes(checkout, isDraining);
  const app = new Hono<HttpEnv>();
  app.route('/', hotPathRoutes(handlers));
  app.notFound((c) => others.fetch(c.req.raw, c.env));
  return app;
}

function createOtherRoutes(checkout: Checkout, isDraining: () => boolean) {
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  const { trustedProxies } = checkout.config;
  installBasics(app, {
    log: checkout.log,
    frequent: (path) => FREQUENT.test(path),
    isTrusted: (c) => isFromTrusted(c, trustedProxies),
  });
  app.use(secureHeaders());

  app.route('/', catalogRoutes(checkout));
  const door = { badKeys: createBadKeys(), addressOf: addressWithin(trustedProxies) };
  app.route('/', adminProductRoutes(checkout, door));
  app.route('/', adminOrderRoutes(checkout, door));
  app.route('/', orderRoutes(checkout));
  app.route('/', paymentRoutes(checkout));
  app.route('/', authRoutes(checkout));
  app.route('/', meRoutes(checkout));
  app.route('/', healthRoutes(checkout, isDraining, missingShopPages()));
  app.route('/', shopPageRoutes(checkout.config.cardForm));

  describePlaceCall(app);
  let document: ApiDocument | undefined;
  app.get('/openapi.json', (c) => {
    document ??= finishDocument(app.getOpenAPI31Document(API_HEAD));
    return c.json(document);
  });
  return app;
}
