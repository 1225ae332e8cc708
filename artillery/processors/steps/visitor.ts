import { productDocument, productList, roomStatus } from '@shopfast/kit/contracts/api';
import { z } from 'zod';
import { answersTo, expect, surprise } from './answered.ts';
import { type Arrivals, nextArrival } from './arrivals.ts';
import { type Context, type Events, type Next, tallyOf } from './artillery.ts';

/** The variables of a visitor who only looks. */
export type Visitor = Arrivals & {
  waitMs: number;
  product: string;
  /** The ETag of the last status. */
  etag?: string;
};

const COUNTERS = [
  'came',
  'saw_status',
  'saw_shop',
  'not_modified',
  'sent_to_queue',
  'told_to_retry',
  'shed',
  'server_errors',
  'no_answer',
  'unexpected',
] as const;

export const visitorsTally = tallyOf('visitors', COUNTERS);
const answered = answersTo<Visitor, (typeof COUNTERS)[number]>(visitorsTally);

/** How long a visitor reads a page. */
const LOOK_MS = 1_000;

export async function arrive({ vars }: Context<Visitor>, events: Events): Promise<void> {
  visitorsTally.countFromZero(events);
  await nextArrival(vars, events);
  visitorsTally.count(events, 'came');
  vars.waitMs = 0;
  vars.etag = '';
}

export function look({ vars }: Context<Visitor>, _events: Events, next: Next): void {
  setTimeout(next, vars.waitMs);
  vars.waitMs = LOOK_MS;
}

export function gotNoAnswer(
  _error: Error,
  _request: unknown,
  _context: unknown,
  events: Events,
  next: Next,
): void {
  visitorsTally.count(events, 'no_answer');
  next();
}

const anything = z.unknown();

export const sawPage = answered('page', anything, (_vars, answer) => {
  expect(answer, [200], 'page');
});

export const sawStatus = answered('status', roomStatus, (vars, answer, { tell }, headers) => {
  if (answer.status === 304) tell('not_modified');
  else {
    expect(answer, [200], 'status');
    tell('saw_status');
  }
  vars.etag = headers.etag ?? '';
});

export const sawProducts = answered('products', productList, ({ product }, answer) => {
  const { products } = expect(answer, [200], 'products');
  if (!products.some(({ id }) => id === product)) surprise(`products: no ${product}`);
});

export const sawProduct = answered('product', productDocument, (_vars, answer, { tell }) => {
  expect(answer, [200], 'product');
  tell('saw_shop');
});

/** The pages behind the waiting room: open, or a redirect to the room. */
export const sawShop = answered('shop', anything, (_vars, answer, { tell }) => {
  if (answer.status === 302) tell('sent_to_queue');
  else expect(answer, [200], 'shop');
});
