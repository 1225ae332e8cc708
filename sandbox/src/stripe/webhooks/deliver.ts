import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import Stripe from 'stripe';
import type { Control } from '../control.ts';
import { newId, unixSeconds } from '../ledger.ts';
import { signatureHeader } from './sign.ts';

const RETRY_AFTER_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const ANSWER_TIMEOUT_MS = 10_000;
const SHUFFLE_MS = 1_000;

export type WebhookOptions = {
  secret: string;
  /** The events that the receiver subscribed to. */
  events: readonly string[];
  control: () => Control;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
  random?: () => number;
  retryAfterMs?: readonly number[];
};

export type WebhookCounts = {
  events: number;
  attempts: number;
  delivered: number;
  pending: number;
  given_up: number;
};

export type Webhooks = {
  emit(type: Stripe.Event.Type, object: Stripe.Event.Data.Object): void;
  counts(): WebhookCounts;
};

/** Sends signed events to the receiver, with a few retries. An event has the state of its moment. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const { control, clock, log, random = Math.random, retryAfterMs = RETRY_AFTER_MS } = options;
  const counts = { events: 0, attempts: 0, delivered: 0, pending: 0, given_up: 0 };
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();
  options.lifecycle.onClose('webhooks', () => {
    closing.abort();
    for (const timer of timers) clearTimeout(timer);
  });

  const later = (delayMs: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  };

  async function attempt(event: { id: string; payload: string }, attemptsBefore: number): Promise<void> {
    const { webhook_url: url } = control();
    if (closing.signal.aborted || !url) {
      counts.pending -= 1;
      return;
    }
    counts.attempts += 1;
    const accepted = await post(url, event.payload);
    const wait = retryAfterMs[attemptsBefore];
    if (!accepted && wait !== undefined) later(wait, () => void attempt(event, attemptsBefore + 1));
    else {
      counts.pending -= 1;
      counts[accepted ? 'delivered' : 'given_up'] += 1;
      if (!accepted) log.warn({ event: event.id }, 'a webhook was abandoned');
    }
  }

  async function post(url: string, payload: string): Promise<boolean> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signatureHeader(payload, options.secret, unixSeconds(clock)),
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch (err) {
      log.debug({ err }, 'webhook');
      return false; // Unreachable or too slow: the next attempt may succeed.
    }
  }

  return {
    counts: () => ({ ...counts }),
    emit: (type, object) => {
      const settings = control();
      if (!settings.webhook_url || !options.events.includes(type)) return;
      counts.events += 1;
      const event = { id: newId('evt'), payload: '' };
      event.payload = JSON.stringify(eventDocument(event.id, type, object, clock));
      for (let copy = 0; copy < (settings.duplicate_webhooks ? 2 : 1); copy++) {
        counts.pending += 1;
        const disorder = settings.shuffle_webhooks ? random() * SHUFFLE_MS : 0;
        later(settings.webhook_delay_ms + disorder, () => void attempt(event, 0));
      }
    },
  };
}

/** The event's document: the object as it is at this moment. */
export function eventDocument(
  id: string,
  type: Stripe.Event.Type,
  object: Stripe.Event.Data.Object,
  clock: Clock,
) {
  return {
    id,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: unixSeconds(clock),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: newId('req'), idempotency_key: null },
    type,
  };
}
