import { expect, test } from 'vitest';
import { ORDER, PLACE, STATUS } from './documents.fixture.ts';
import { arrive, asAnApp, followed, holdsReceipt, joined, ordered, polled, waitAsTold } from './shopper.mts';
import type { Shopper } from './steps/shopper.ts';

type Handler = typeof joined;

function shopper(vars: Partial<Shopper> = {}): Shopper {
  return { step: 'joining', waitMs: 0, arrivedMs: 0, ...vars };
}

/** Gives a shopper an answer. @returns the counters, and the error that ends the journey, if any */
async function answer(handler: Handler, vars: Shopper, status: number, body: object, headers = {}) {
  const counted: string[] = [];
  const events = { emit: (kind: string, name: string) => kind === 'counter' && counted.push(name) };
  const response = {
    statusCode: status,
    headers,
    body: JSON.stringify(body),
    timings: { phases: { total: 5 } },
  };
  const error = await new Promise<Error | undefined>((resolve) =>
    handler({}, response, { vars }, events as never, resolve),
  );
  return { counted, error };
}

test('after joining a shopper waits as long as the answer says', async () => {
  const vars = shopper();
  const { counted } = await answer(joined, vars, 201, { ...PLACE, poll_after_ms: 2_345 });
  expect(counted).toEqual(['shoppers.joined']);
  expect(vars).toMatchObject({ step: 'waiting', waitMs: 2_345, ticket: 'tkt_1' });
});

test('a waiter polls when the server says, and continues when called', async () => {
  const vars = shopper({ step: 'waiting' });
  await answer(polled, vars, 200, { ...STATUS, poll_after_ms: 700 });
  expect(vars).toMatchObject({ step: 'waiting', waitMs: 700 });
  await answer(polled, vars, 200, { ...STATUS, state: 'called', poll_after_ms: 700 });
  expect(vars).toMatchObject({ step: 'called', waitMs: 0 });
});

test('a sold-out room ends a journey well', async () => {
  const vars = shopper({ step: 'waiting' });
  const { counted, error } = await answer(polled, vars, 200, { ...STATUS, room_state: 'sold_out' });
  expect(counted).toContain('shoppers.sold_out');
  expect(error).toBeUndefined();
  expect(vars.step).toBe('done');
});

test('an order that comes too late ends a journey well, any other refusal does not', async () => {
  const late = await answer(ordered, shopper({ step: 'admitted' }), 409, { code: 'sold_out' });
  expect(late).toMatchObject({ counted: ['shoppers.sold_out'], error: undefined });
  const spent = await answer(ordered, shopper({ step: 'admitted' }), 409, { code: 'token_spent' });
  expect(spent.counted).toEqual(['shoppers.unexpected']);
  expect(spent.error?.message).toBe('order: 409 token_spent');
});

test('a declined card ends a journey well, a lost order does not', async () => {
  const declined = await answer(followed, shopper({ step: 'paying' }), 200, {
    ...ORDER,
    state: 'payment_failed',
  });
  expect(declined).toMatchObject({ counted: ['shoppers.declined'], error: undefined });
  const lost = await answer(followed, shopper({ step: 'paying' }), 200, { ...ORDER, state: 'expired' });
  expect(lost.error?.message).toBe('order expired');
});

test('a 503 with Retry-After is obeyed and counted as a server error', async () => {
  const vars = shopper({ step: 'admitted' });
  const { counted, error } = await answer(ordered, vars, 503, { code: 'overloaded' }, { 'retry-after': '3' });
  expect(counted).toEqual(['shoppers.server_errors', 'shoppers.told_to_retry', 'shoppers.shed']);
  expect(error).toBeUndefined();
  expect(vars).toMatchObject({ step: 'admitted', waitMs: 3_000 });
});

test('an answer that is not JSON is a surprise, not a crash', async () => {
  const vars = shopper();
  const events = { emit: () => {} };
  const response = { statusCode: 502, headers: {}, body: '<html>', timings: { phases: {} } };
  const error = await new Promise<Error | undefined>((resolve) =>
    joined({}, response, { vars }, events, resolve),
  );
  expect(error?.message).toBe('join: 502');
});

test('a success that is not as the API documents it is a surprise', async () => {
  const { error } = await answer(joined, shopper(), 201, { ...PLACE, poll_after_ms: 'soon' });
  expect(error?.message).toBe('join: 201 not_as_documented');
});

test('a shopper who would wait past the end of the run stops at once', async () => {
  const vars = shopper({ step: 'waiting', waitMs: 60_000, until: Date.now() + 1_000 });
  const counted: string[] = [];
  const events = { emit: (_kind: string, name: string) => counted.push(name) };
  await new Promise<void>((resolve) => waitAsTold({ vars }, events as never, () => resolve()));
  expect(counted).toEqual(['shoppers.gave_up']);
  expect(vars.step).toBe('done');
});

test('every counter starts at zero, because a threshold on an unknown one fails', async () => {
  const counted: Record<string, number> = {};
  const events = {
    emit: (kind: string, name: string, value: number) => {
      if (kind === 'counter') counted[name] = value;
    },
  };
  await arrive({ vars: shopper() }, events);
  expect(counted).toMatchObject({
    'shoppers.joined': 0,
    'shoppers.unexpected': 0,
    'shoppers.server_errors': 0,
  });
});

const RECEIPT = { room: 'launch', epoch: 1, index: 7, commitment: 'c', version: 2 };

test('a shopper in a lobby keeps the receipt, and has no number before the draw', async () => {
  const lobby = { ...PLACE, state: 'lobby', lottery_receipt: RECEIPT };
  const vars = shopper();
  const { counted } = await answer(joined, vars, 201, { ...lobby, number: null });
  expect(counted).toEqual(['shoppers.joined', 'shoppers.in_lobby']);
  expect(vars.receipt).toEqual(RECEIPT);
  expect(holdsReceipt(vars)).toBe(false);
  const { error } = await answer(joined, shopper(), 201, { ...lobby, number: 3 });
  expect(error?.message).toBe('join: a number before the start');
});

test('being called before the start is a surprise', async () => {
  const early = { ...STATUS, state: 'called', room_state: 'lobby' };
  const { error } = await answer(polled, shopper({ step: 'waiting' }), 200, early);
  expect(error?.message).toBe('poll: called before the start');
});

test('a shopper follows no redirect and carries no cookie', () => {
  const request: { followRedirect?: boolean; cookieJar?: unknown } = { cookieJar: {} };
  asAnApp(request, {}, {}, () => {});
  expect(request).toEqual({ followRedirect: false });
});
