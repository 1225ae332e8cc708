import { type HotPathHandler, hotPathRoute } from '@shopfast/kit/hot-path';
import type { HttpBypass, HttpEnv } from '@shopfast/kit/http';
import { nodeHttpBypass } from '@shopfast/kit/node-http-bypass';
import { Hono } from 'hono';
import type { Checkout } from './deps.ts';
import { placeCall } from './orders/hot-path.ts';

/** What all admitted shoppers call at the same time. */
export type HotPathHandlers = Readonly<Record<'place', HotPathHandler>>;

export const createHotPathHandlers = (checkout: Checkout): HotPathHandlers => ({
  place: placeCall(checkout),
});

const ORDERS = '/v1/orders';

/** The same handlers as routes of the framework, each the only handler of its path. */
export function hotPathRoutes({ place }: HotPathHandlers): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post(ORDERS, hotPathRoute(place));
  return app;
}

const NO_PARAMS = {};

/** The same handlers on the node-http bypass, for requests to the plain path. */
export function createHttpBypass({ place }: HotPathHandlers): HttpBypass {
  const found = { call: place, params: NO_PARAMS };
  return nodeHttpBypass(({ method, url }) => (method === 'POST' && url === ORDERS ? found : null));
}
