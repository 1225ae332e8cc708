import { answersTo } from './answered.ts';
import { type Arrivals, nextArrival } from './arrivals.ts';
import { type Context, type Events, type Next, type Request, tallyOf } from './artillery.ts';

/** A shopper's progress; each step but the last is one loop of `scenarios/shared/shopper.yml`. */
export type Step = 'joining' | 'waiting' | 'called' | 'admitted' | 'paying' | 'done';

/** The variables of one shopper. */
export type Shopper = Arrivals & {
  step: Step;
  waitMs: number;
  arrivedMs: number;
  comparesThirds?: boolean;
  /** How many arrived before. */
  place?: number;
  /** When to stop, in ms since the epoch. */
  until?: number;
  ticket?: string;
  /** In a lottery room: the arrival index, and the commitment that was published before the draw. */
  receipt?: { index: number; commitment: string };
  number?: number;
  reservation?: string;
  binding?: string;
  order?: string;
  orderToken?: string;
};

const COUNTERS = [
  'came',
  'joined',
  'in_lobby',
  'polled',
  'drawn',
  'claimed',
  'ordered',
  'paid',
  'declined',
  'sold_out',
  'gave_up',
  'told_to_retry',
  'shed',
  'server_errors',
  'no_answer',
  'unexpected',
] as const;

export const shoppersTally = tallyOf('shoppers', COUNTERS);

export const answered = answersTo<Shopper, (typeof COUNTERS)[number]>(shoppersTally);

/** Arrives on time. */
export async function arrive({ vars }: Context<Shopper>, events: Events): Promise<void> {
  shoppersTally.countFromZero(events);
  vars.place = await nextArrival(vars, events);
  shoppersTally.count(events, 'came');
  vars.arrivedMs = performance.now();
  go(vars, 'joining');
}

/** Waits as long as the last answer said; stops if that is past the end of the run. */
export function waitAsTold({ vars }: Context<Shopper>, events: Events, next: Next): void {
  if (vars.step !== 'done' && Date.now() + vars.waitMs > (vars.until ?? Number.POSITIVE_INFINITY)) {
    shoppersTally.count(events, 'gave_up');
    go(vars, 'done');
  }
  setTimeout(next, vars.waitMs);
}

/**
 * Acts as an app, not a browser: only the header has the ticket. Redirects are not followed, so the load stays on the
 * target.
 */
export function asAnApp(request: Request, _context: unknown, _events: unknown, next: Next): void {
  request.followRedirect = false;
  delete request.cookieJar;
  next();
}

export function gotNoAnswer(
  _error: Error,
  _request: unknown,
  _context: unknown,
  events: Events,
  next: Next,
): void {
  shoppersTally.count(events, 'no_answer');
  next();
}

export function go(vars: Shopper, step: Step, waitMs = 0): void {
  vars.step = step;
  vars.waitMs = waitMs;
}

const is = (step: Step) => (vars: Shopper) => vars.step === step;
const still = (step: Step) => (context: Context<Shopper>, next: (again: boolean) => void) =>
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
