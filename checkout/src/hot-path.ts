import { type HotPathHandler, hotPathRoute } from '@shopfast/kit/hot-path';
import type { HttpBypass, HttpEnv } from '@shopfast/kit/http';
import { nodeHttpBypass } from '@shopfast/kit/node-http-bypass';
import { Hono } from 'hono';
import type { Checkout } from './deps.ts';
import { placeCall } from './orders/hot-path.ts';

/** What the admitted crowd calls, all at once. */
export type HotPathHandlers = Readonly<Record<'place', HotPathHandler>>;

export const createHotPathHandlers = (checkout: Checkout): HotPathHandlers => ({
  place: placeCall(checkout),
});

const ORDERS = '/v1/orders';

/** Their way through the framework, however they are asked: each the only handler of its path. */
export function hotPathRoutes({ place }: HotPathHandlers): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post(ORDERS, hotPathRoute(place));
  return app;
}

const NO_PARAMS = {};

/** Their short way: asked at the plain address. */
export function createHttpBypass({ place }: HotPathHandlers): HttpBypass {
  const found = { call: place, params: NO_PARAMS };
  return nodeHttpBypass(({ method, url }) => (method === 'POST' && url === ORDERS ? found : null));
}
