import { hotLane } from '@shopfast/kit/hot-lane';
import { type HotCall, hotRoute } from '@shopfast/kit/hot-route';
import type { FastLane, HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Checkout } from './deps.ts';
import { placeCall } from './orders/hot-call.ts';

/** What the admitted crowd calls, all at once. */
export type HotCalls = Readonly<Record<'place', HotCall>>;

export const createHotCalls = (checkout: Checkout): HotCalls => ({ place: placeCall(checkout) });

const ORDERS = '/v1/orders';

/** Their way through the framework, however they are asked: each the only handler of its path. */
export function hotRoutes({ place }: HotCalls): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post(ORDERS, hotRoute(place));
  return app;
}

const NO_PARAMS = {};

/** Their short way: asked at the plain address. */
export function createFastLane({ place }: HotCalls): FastLane {
  const found = { call: place, params: NO_PARAMS };
  return hotLane(({ method, url }) => (method === 'POST' && url === ORDERS ? found : null));
}
