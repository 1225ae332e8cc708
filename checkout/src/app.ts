import { OpenAPIHono } from '@hono/zod-openapi';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';
import { addressWithin, isFromTrusted } from '@shopfast/kit/client-address';
import { type HttpEnv, installBasics, refuseInvalid } from '@shopfast/kit/http';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { authRoutes } from './accounts/auth-routes.ts';
import { meRoutes } from './accounts/me-routes.ts';
import { SESSION_COOKIE } from './accounts/session.ts';
import { adminProductRoutes } from './catalog/admin/routes.ts';
import { catalogRoutes } from './catalog/routes.ts';
import type { Checkout, CheckoutHttpEnv } from './deps.ts';
import { healthRoutes } from './health.ts';
import { createHotPathHandlers, hotPathRoutes } from './hot-path.ts';
import { API_DOCUMENT } from './openapi.ts';
import { adminOrderRoutes } from './orders/admin/routes.ts';
import { describePlaceCall } from './orders/hot-path.ts';
import { orderRoutes } from './orders/routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { shopPageRoutes } from './shop-pages.ts';

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
  app.route('/', healthRoutes(checkout, isDraining));
  app.route('/', shopPageRoutes(checkout.config.cardForm));

  const bearer = { type: 'http', scheme: 'bearer' } as const;
  app.openAPIRegistry.registerComponent('securitySchemes', 'reservationToken', {
    ...bearer,
    description: 'From the claim in the waiting room; send the binding too, as cookie or X-Binding',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'orderToken', {
    ...bearer,
    description: 'The order_token that came with the order',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'adminKey', {
    ...bearer,
    description: 'An admin key of the gateway (adm_…)',
  });
  describePlaceCall(app);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'Set by sign-in. Requests that change something also need the shop’s own Origin',
  });
  app.doc31('/openapi.json', API_DOCUMENT);
  return app;
}
