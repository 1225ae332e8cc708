import type { OrderState, RoomState, TicketState } from '@shopfast/kit/contracts/api';

/** Where a shopper is; each step but the last is one loop of `scenarios/journey.yml`. */
type Step = 'joining' | 'waiting' | 'called' | 'admitted' | 'paying' | 'done';

/** The variables of one shopper. `until`: when to give up, in ms since the epoch. */
type Shopper = {
  step: Step;
  waitMs: number;
  arrivedMs: number;
  shoppers?: number;
  arrivalSeconds?: number;
  until?: number;
  ticket?: string;
  reservation?: string;
  binding?: string;
  order?: string;
  orderToken?: string;
};
type Context = { vars: Shopper };
type Events = { emit(kind: 'counter' | 'histogram', name: string, value: number): void };
type Next = (error?: Error) => void;
type Response = {
  statusCode: number;
  headers: Record<string, string | undefined>;
  body: string;
  timings: { phases: { total?: number } };
};

const COUNTERS = [
  'joined',
  'polled',
  'claimed',
  'ordered',
  'paid',
  'declined',
  'sold_out',
  'gave_up',
  'told_to_retry',
  'server_errors',
  'no_answer',
  'unexpected',
] as const;
type Counter = (typeof COUNTERS)[number];

const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 2_000;
const DELAY_SAMPLE_MS = 20;

function count(events: Events, name: Counter, by = 1): void {
  events.emit('counter', `journey.${name}`, by);
}

let arrivals = 0;
let firstArrivalMs = 0;

/**
 * Waits for this shopper's moment to arrive. Artillery creates all shoppers at once, because its own pacing of
 * arrivals spins: it would take a core from the system under test. One worker has them all, so a counter is enough.
 */
export function arrive(context: Context, events: Events, next: Next): void {
  const { vars } = context;
  // A counter that never counted is unknown to the thresholds, and an unknown one fails them.
  for (const name of COUNTERS) count(events, name, 0);
  if (firstArrivalMs === 0) {
    firstArrivalMs = Date.now();
    watchOwnDelay(events);
  }
  const spacingMs = ((vars.arrivalSeconds ?? 0) * 1_000) / (vars.shoppers ?? 1);
  const dueMs = firstArrivalMs + arrivals * spacingMs;
  arrivals += 1;
  setTimeout(
    () => {
      vars.step = 'joining';
      vars.waitMs = 0;
      vars.arrivedMs = performance.now();
      next();
    },
    Math.max(0, dueMs - Date.now()),
  );
}

/** How late this worker's own timers are. Times of answers are the system's only as long as this stays small. */
function watchOwnDelay(events: Events): void {
  let dueMs = performance.now() + DELAY_SAMPLE_MS;
  setInterval(() => {
    const nowMs = performance.now();
    events.emit('histogram', 'worker_delay_ms', Math.max(0, nowMs - dueMs));
    dueMs = nowMs + DELAY_SAMPLE_MS;
  }, DELAY_SAMPLE_MS).unref();
}

/** Waits as long as the last answer said; gives up when that is past the end of the run. */
export function waitAsTold(context: Context, events: Events, next: Next): void {
  const { vars } = context;
  if (vars.step !== 'done' && Date.now() + vars.waitMs > (vars.until ?? Number.POSITIVE_INFINITY)) {
    count(events, 'gave_up');
    go(vars, 'done');
  }
  setTimeout(next, vars.waitMs);
}

/** An app and no browser: the ticket travels in the header alone; and the load goes where it was sent to, no further. */
export function asAnApp(
  request: { followRedirect?: boolean; cookieJar?: unknown },
  _context: Context,
  _events: Events,
  next: Next,
): void {
  request.followRedirect = false;
  delete request.cookieJar;
  next();
}

export function gotNoAnswer(
  _error: Error,
  _request: unknown,
  _context: Context,
  events: Events,
  next: Next,
): void {
  count(events, 'no_answer');
  next();
}

const is = (step: Step) => (vars: Shopper) => vars.step === step;
const still = (step: Step) => (context: Context, next: (again: boolean) => void) =>
  next(context.vars.step === step);

export const isJoining = is('joining');
export const isWaiting = is('waiting');
export const isCalled = is('called');
export const isAdmitted = is('admitted');
export const isPaying = is('paying');
export const stillJoining = still('joining');
export const stillWaiting = still('waiting');
export const stillCalled = still('called');
export const stillAdmitted = still('admitted');
export const stillPaying = still('paying');

function go(vars: Shopper, step: Step, waitMs = 0): void {
  vars.step = step;
  vars.waitMs = waitMs;
}

/** An answer that an honest shopper should not get. It ends the journey and breaks a threshold. */
class Surprise extends Error {}

type Answer = { status: number; body: Record<string, unknown> };

/** Times an answer, obeys a 429 or 503 that says when to come back, and leaves the rest to `handle`. */
function answered(
  kind: string,
  handle: (vars: Shopper, answer: Answer, tell: (name: Counter) => void) => void,
) {
  return (_request: unknown, response: Response, context: Context, events: Events, next: Next): void => {
    const { vars } = context;
    const status = response.statusCode;
    events.emit('histogram', `${kind}_ms`, response.timings.phases.total ?? 0);
    if (status >= 500) count(events, 'server_errors');
    const retrySeconds = Number(response.headers['retry-after']);
    if ((status === 429 || status === 503) && retrySeconds > 0) {
      count(events, 'told_to_retry');
      vars.waitMs = retrySeconds * 1_000;
      next();
      return;
    }
    try {
      handle(vars, { status, body: parse(response.body) }, (name) => count(events, name));
      if (vars.step === 'done' && kind === 'order_status') {
        events.emit('histogram', 'join_to_end_ms', performance.now() - vars.arrivedMs);
      }
      next();
    } catch (error) {
      count(events, 'unexpected');
      next(error as Error);
    }
  };
}

export const joined = answered('join', (vars, answer, tell) => {
  expect(answer, [200, 201], 'join');
  tell('joined');
  vars.ticket = answer.body.ticket as string;
  go(vars, 'waiting', answer.body.poll_after_ms as number);
});

export const polled = answered('poll', (vars, answer, tell) => {
  tell('polled');
  expect(answer, [200], 'poll');
  const state = answer.body.state as TicketState;
  const roomState = answer.body.room_state as RoomState;
  if (state === 'called' || state === 'admitted') return go(vars, 'called');
  if (state !== 'waiting' && state !== 'lobby') throw new Surprise(`poll: ticket ${state}`);
  if (roomState === 'closed') throw new Surprise('poll: room closed');
  if (roomState === 'sold_out') {
    tell('sold_out');
    return go(vars, 'done');
  }
  vars.waitMs = answer.body.poll_after_ms as number;
});

export const claimed = answered('claim', (vars, answer, tell) => {
  expect(answer, [200], 'claim');
  tell('claimed');
  vars.reservation = answer.body.reservation_token as string;
  vars.binding = answer.body.binding as string;
  go(vars, 'admitted');
});

export const ordered = answered('order', (vars, answer, tell) => {
  if (answer.status === 409 && answer.body.code === 'sold_out') {
    tell('sold_out');
    return go(vars, 'done');
  }
  expect(answer, [202], 'order');
  tell('ordered');
  vars.order = (answer.body.order as { id: string }).id;
  vars.orderToken = answer.body.order_token as string;
  go(vars, 'paying', FIRST_LOOK_MS);
});

export const followed = answered('order_status', (vars, answer, tell) => {
  expect(answer, [200], 'order status');
  const state = answer.body.state as OrderState;
  if (state === 'pending_payment') {
    vars.waitMs = Math.min(vars.waitMs * 1.5, LONGEST_LOOK_MS);
    return;
  }
  if (state !== 'paid' && state !== 'payment_failed') throw new Surprise(`order ${state}`);
  tell(state === 'paid' ? 'paid' : 'declined');
  go(vars, 'done');
});

/** @throws Surprise naming the call, the status and the error code: one line of the report per kind of surprise */
function expect({ status, body }: Answer, wanted: number[], call: string): void {
  if (!wanted.includes(status)) throw new Surprise(`${call}: ${status} ${body.code ?? ''}`.trim());
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
