import { OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { answerStore } from '@shopfast/db/idempotency';
import { type AdminEnv, authenticate } from '@shopfast/kit/admin/authenticate';
import { createBadKeys } from '@shopfast/kit/admin/bad-keys';
import { idempotent } from '@shopfast/kit/admin/idempotency';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { finishDocument } from '@shopfast/kit/api-document/finish';
import { JOB_BOARD } from '@shopfast/kit/contracts/jobs';
import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, installBasics, refuseInvalid } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { Hono } from 'hono';
import { adminCodeRoutes } from './admin/code-routes.ts';
import { adminKeyRoutes } from './admin/key-routes.ts';
import { adminOverviewRoutes } from './admin/overview-routes.ts';
import { adminRehearsalRoutes } from './admin/rehearsal-routes.ts';
import { adminRoomRoutes } from './admin/room-routes.ts';
import { adminSigningKeyRoutes } from './admin/signing-key-routes.ts';
import { adminStreamRoutes } from './admin/stream-routes.ts';
import { adminTemplateRoutes } from './admin/template-routes.ts';
import { adminThemeRoutes } from './admin/theme-routes.ts';
import { adminTimelineRoutes } from './admin/timeline-routes.ts';
import { adminWebhookRoutes } from './admin/webhook-routes.ts';
import { challengeRoutes, describeChallengeRoutes } from './challenge/routes.ts';
import type { Gateway } from './gateway.ts';
import { healthRoutes } from './health.ts';
import { createHotPathHandlers, type HotPathHandlers, hotPathRoutes } from './hot-path.ts';
import { routeOf } from './meters.ts';
import { noJsPageRoutes } from './no-js-page/routes.ts';
import { API_HEAD, describePlainRoutes } from './openapi.ts';
import { createOrderTimes } from './order-times.ts';
import { builtPageRoutes, missingGatewayPages } from './pages/built-pages.ts';
import { customPageRoutes } from './pages/custom-pages.ts';
import { homeRoutes } from './pages/home.ts';
import { placeRoutes } from './pages/place-routes.ts';
import { themedPageRoutes } from './pages/themed-pages.ts';
import { protectedRooms } from './protect/config.ts';
import { createProtect, type Protect } from './protect/protect.ts';
import { referenceRoutes } from './reference/routes.ts';
import { createRehearsals } from './rehearsal/rehearsals.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { createLiveHub } from './rooms/live-hub.ts';
import { loadRoomOnMiss } from './rooms/load-on-miss.ts';
import { createShedder } from './shedding.ts';
import { storesUnavailable } from './stores-unavailable.ts';
import { createEventHub } from './tickets/event-hub.ts';
import { describeTicketRoutes } from './tickets/openapi.ts';
import { ticketRoutes } from './tickets/routes.ts';

/** Calls that a crowd makes all the time. Their successful answers are logged at "debug". */
const FREQUENT = /^\/(v1\/rooms\/|healthz|readyz|assets\/|w\/)/;

export type AppOptions = {
  lifecycle: Lifecycle;
  isDraining?: () => boolean;
  protect?: Protect;
  /** Created here unless they are shared with the bypass. */
  hotPath?: HotPathHandlers;
  /** A folder with the shop's own waiting pages. */
  waitingPages?: string | undefined;
  /** Where the sandbox's e-mails can be read; undefined with a real mail server. */
  inboxUrl?: string | undefined;
};

/**
 * Builds the gateway's HTTP application, without listening or starting anything. The hot-path routes come first, each
 * the only handler of its path. All others follow.
 */
export function createApp(gateway: Gateway, options: AppOptions) {
  const others = createOtherRoutes(gateway, options);
  const app = new Hono<HttpEnv>();
  app.route('/', hotPathRoutes(options.hotPath ?? createHotPathHandlers(gateway, options.lifecycle)));
  app.notFound((c) => others.fetch(c.req.raw, c.env));
  return app;
}

/** The gateway's own calls for the OpenAPI document, without those that it proxies to other services. */
export const describeCalls = (gateway: Gateway, options: AppOptions): ApiDocument =>
  finishDocument(createOtherRoutes(gateway, options).getOpenAPI31Document(API_HEAD));

/** Method and path of each route, except the few of the hot path: for the test that all of them are described. */
export const routesOf = (gateway: Gateway, options: AppOptions): { method: string; path: string }[] =>
  createOtherRoutes(gateway, options).routes;

function createOtherRoutes(gateway: Gateway, options: AppOptions) {
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });
  const orderTimes = createOrderTimes(gateway.clock);
  installBasics(app, {
    log: gateway.log,
    frequent: (path) => FREQUENT.test(path),
    translate: storesUnavailable,
    isTrusted: gateway.limits.isTrusted,
    observe: ({ req, res, error }, ms) => {
      const route = routeOf(req.method, req.path);
      gateway.meters.answered(route, ms);
      if (route === 'order') orderTimes.answered(ms, res.status);
      if (error) gateway.meters.refused(error instanceof Problem ? error.code : 'internal');
    },
  });

  app.route(
    '/',
    ticketRoutes(gateway, createEventHub(gateway, options.lifecycle), protectedRooms(gateway.config.protect)),
  );
  app.route('/', reminderRoutes(gateway));
  app.route('/', placeRoutes(gateway));
  app.route('/', challengeRoutes(gateway));
  app.get('/.well-known/jwks.json', (c) =>
    c.json(gateway.keyring.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  );

  const admin = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  admin.use(
    authenticate({
      findKey: (hash) => findApiKeyByHash(gateway.sql, hash),
      clock: gateway.clock,
      pagesUnder: JOB_BOARD,
      badKeys: createBadKeys(),
      ...gateway.limits,
    }),
  );
  const { sealer, clock } = gateway;
  const repeatable = idempotent({ answers: answerStore(gateway.sql), sealer, clock });
  admin.use('/rooms/:room/*', async (c, next) => {
    await loadRoomOnMiss(gateway, c.req.param('room'));
    await next();
  });
  admin.route('/rooms', adminRehearsalRoutes(gateway, createRehearsals(gateway, options.lifecycle)));
  admin.route('/rooms', adminStreamRoutes(gateway, createLiveHub(gateway, options.lifecycle)));
  admin.route('/rooms', adminTimelineRoutes(gateway));
  admin.route('/rooms', adminCodeRoutes(gateway));
  admin.route('/rooms', adminThemeRoutes(gateway));
  admin.route('/rooms', adminRoomRoutes(gateway, repeatable));
  admin.route('/templates', adminTemplateRoutes(gateway));
  admin.route('/webhooks', adminWebhookRoutes(gateway, repeatable));
  admin.route('/signing-keys', adminSigningKeyRoutes(gateway));
  admin.route('/', adminOverviewRoutes(gateway, orderTimes));
  admin.route('/', adminKeyRoutes(gateway, repeatable));
  app.route('/v1/admin', admin);

  app.route('/', healthRoutes(gateway, options.isDraining ?? (() => false), missingGatewayPages()));
  app.route('/', noJsPageRoutes(gateway, createShedder(options.lifecycle)));
  if (options.waitingPages) app.route('/', customPageRoutes(gateway, options.waitingPages));
  app.route('/', themedPageRoutes(gateway));
  app.route('/', builtPageRoutes());
  // After the gateway's own paths. The rules decide which paths belong to the shop.
  const protect = options.protect ?? createProtect(gateway, options.lifecycle);

  describeTicketRoutes(app.openAPIRegistry);
  describeChallengeRoutes(app.openAPIRegistry);
  describePlainRoutes(app.openAPIRegistry);
  app.route('/', referenceRoutes());
  app.all('*', protect.handle);
  app.route('/', homeRoutes(gateway, options.inboxUrl));
  return app;
}
