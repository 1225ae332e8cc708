import { OpenAPIHono } from '@hono/zod-openapi';
import { type HttpEnv, installBasics, refuseInvalid } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { Hono } from 'hono';
import { type AdminEnv, authenticate } from './admin/authenticate.ts';
import { adminCodeRoutes } from './admin/code-routes.ts';
import { adminKeyRoutes } from './admin/key-routes.ts';
import { adminRoomRoutes } from './admin/room-routes.ts';
import { adminSigningKeyRoutes } from './admin/signing-key-routes.ts';
import { challengeRoutes, describeChallengeRoutes } from './challenge/routes.ts';
import type { Gateway } from './deps.ts';
import { healthRoutes } from './health.ts';
import { limitBody } from './limits/body.ts';
import { createMetrics } from './metrics.ts';
import { API_DOCUMENT } from './openapi.ts';
import { pageRoutes } from './protect/pages.ts';
import { proxyTo } from './protect/proxy.ts';
import { hotStatusRoutes } from './rooms/status.ts';
import { createShedder } from './shedding.ts';
import { storesAway } from './stores-away.ts';
import { createEventHub } from './tickets/event-hub.ts';
import { hotTicketRoutes } from './tickets/hot-routes.ts';
import { describeTicketRoutes } from './tickets/openapi.ts';
import { ticketRoutes } from './tickets/routes.ts';

/** Calls that a crowd makes all the time; their good answers log at "debug". */
const FREQUENT = /^\/(v1\/rooms\/|healthz|readyz|metrics|assets\/|w\/)/;

/** The largest body of an admin call. */
const ADMIN_BODY_BYTES = 65_536;

/** The paths that the checkout answers, reached through the gateway. */
const CHECKOUT_PATHS = [
  '/v1/products',
  '/v1/products/*',
  '/v1/orders',
  '/v1/orders/*',
  '/v1/payments/*',
  '/v1/auth/*',
  '/v1/me',
  '/v1/me/*',
];

/**
 * Builds the gateway's HTTP application. Listens to nothing, starts nothing. What a crowd calls stands alone in front,
 * each route the only handler of its path; everything else comes after it.
 */
export function createApp(gateway: Gateway, options: { lifecycle: Lifecycle; isDraining?: () => boolean }) {
  const others = createOtherRoutes(gateway, options);
  const app = new Hono<HttpEnv>();
  app.route('/', hotTicketRoutes(gateway, createShedder(options.lifecycle)));
  app.route('/', hotStatusRoutes(gateway));
  app.notFound((c) => others.fetch(c.req.raw, c.env));
  return app;
}

function createOtherRoutes(gateway: Gateway, options: { lifecycle: Lifecycle; isDraining?: () => boolean }) {
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });
  installBasics(app, { log: gateway.log, frequent: (path) => FREQUENT.test(path), translate: storesAway });

  app.route('/', ticketRoutes(gateway, createEventHub(gateway, options.lifecycle)));
  app.route('/', challengeRoutes(gateway));
  app.get('/.well-known/jwks.json', (c) =>
    c.json(gateway.keyring.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  );

  const admin = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  admin.use(authenticate(gateway));
  admin.use(limitBody(ADMIN_BODY_BYTES));
  admin.route('/rooms', adminCodeRoutes(gateway));
  admin.route('/rooms', adminRoomRoutes(gateway));
  admin.route('/signing-keys', adminSigningKeyRoutes(gateway));
  admin.route('/', adminKeyRoutes(gateway));
  app.route('/v1/admin', admin);

  app.route('/', healthRoutes(gateway, createMetrics(gateway.rooms), options.isDraining ?? (() => false)));
  app.route('/', pageRoutes());
  const toCheckout = proxyTo(gateway.config.checkoutUrl, options.lifecycle, gateway.limits.addressOf);
  for (const path of CHECKOUT_PATHS) app.all(path, toCheckout);

  describeTicketRoutes(app.openAPIRegistry);
  describeChallengeRoutes(app.openAPIRegistry);
  app.openAPIRegistry.registerComponent('securitySchemes', 'adminKey', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', API_DOCUMENT);
  return app;
}
