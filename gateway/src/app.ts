import { OpenAPIHono } from '@hono/zod-openapi';
import { type HttpEnv, installBasics, refuseInvalid } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { type AdminEnv, authenticate } from './admin/authenticate.ts';
import { adminKeyRoutes } from './admin/key-routes.ts';
import { adminRoomRoutes } from './admin/room-routes.ts';
import { adminSigningKeyRoutes } from './admin/signing-key-routes.ts';
import type { Gateway } from './deps.ts';
import { healthRoutes } from './health.ts';
import { createMetrics } from './metrics.ts';
import { API_DOCUMENT } from './openapi.ts';
import { shopPageRoutes, waitingPageRoutes } from './protect/pages.ts';
import { createProtect, type Protect } from './protect/protect.ts';
import { statusRoutes } from './rooms/status.ts';
import { createEventHub } from './tickets/event-hub.ts';
import { describeTicketRoutes, ticketRoutes } from './tickets/routes.ts';

/** Calls that a crowd makes all the time; their good answers log at "debug". */
const FREQUENT = /^\/(v1\/rooms\/|healthz|readyz|metrics|assets\/|w\/)/;

/** Builds the gateway's HTTP application. Listens to nothing, starts nothing. */
export function createApp(
  gateway: Gateway,
  options: { lifecycle: Lifecycle; isDraining?: () => boolean; protect?: Protect },
) {
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });
  installBasics(app, { log: gateway.log, frequent: (path) => FREQUENT.test(path) });

  app.route('/', ticketRoutes(gateway, createEventHub(gateway, options.lifecycle)));
  app.route('/', statusRoutes(gateway));
  app.get('/.well-known/jwks.json', (c) =>
    c.json(gateway.keyring.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  );

  const admin = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  admin.use(authenticate(gateway));
  admin.route('/rooms', adminRoomRoutes(gateway));
  admin.route('/signing-keys', adminSigningKeyRoutes(gateway));
  admin.route('/', adminKeyRoutes(gateway));
  app.route('/v1/admin', admin);

  app.route('/', healthRoutes(gateway, createMetrics(gateway.rooms), options.isDraining ?? (() => false)));
  app.route('/', waitingPageRoutes());
  // Behind the gateway's own paths, before the sample shop: whose shop it is, is said by the rules.
  const protect = options.protect ?? createProtect(gateway, options.lifecycle);
  app.all('*', protect.handle);
  app.route('/', shopPageRoutes());

  describeTicketRoutes(app.openAPIRegistry);
  app.openAPIRegistry.registerComponent('securitySchemes', 'adminKey', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', API_DOCUMENT);
  return app;
}
