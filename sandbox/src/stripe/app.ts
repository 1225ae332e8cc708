import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@shopfast/kit/clock';
import { accessLog, type HttpEnv } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { nodeOf } from '@shopfast/kit/node-context';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type Stripe from 'stripe';
import { checkKey } from './authorize.ts';
import { bankDonePage, bankPage } from './bank-page.ts';
import { createPaymentMethod } from './card-form/create-payment-method.ts';
import { cardFormRoutes } from './card-form/routes.ts';
import { type Control, controlChange, controlSettings, NO_FAULTS } from './control.ts';
import { invalidRequest, noSuch, readParameters, StripeRefusal } from './errors.ts';
import { type Form, parseForm } from './form.ts';
import { type Answer, createIdempotency, type KeyedAnswer } from './idempotency.ts';
import { authenticate, waitingAtBank } from './intents/authenticate.ts';
import { cancelIntent } from './intents/cancel.ts';
import { confirmIntent, readConfirmation } from './intents/confirm.ts';
import { createIntent } from './intents/create.ts';
import { createLedger, type Ledger, newId, type World } from './ledger.ts';
import { createRefund } from './refunds/create.ts';
import { countState } from './state.ts';
import { createWebhooks, type Webhooks } from './webhooks/deliver.ts';

export type StripeOptions = {
  /** The key that callers must present; undefined accepts every test key. */
  secretKey?: string | undefined;
  webhookUrl?: string | undefined;
  webhookSecret: string;
  webhookEvents: readonly string[];
  /** This server's public address; by default the address that the API's caller used. */
  publicUrl?: string | undefined;
  /** Default: an empty one. */
  ledger?: Ledger;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
  random?: () => number;
  webhookRetryAfterMs?: readonly number[];
  /** Receives the events instead of sending them. */
  webhooks?: Webhooks;
};

/** A server with the part of Stripe's API that a shop needs for card payments. State is in memory. */
export function createStripeApp(options: StripeOptions): Hono<HttpEnv> {
  const { clock, log, random = Math.random } = options;
  let control: Control = { ...NO_FAULTS, webhook_url: options.webhookUrl ?? null };
  let controlChanged = Promise.withResolvers<void>();
  const setControl = (next: Control) => {
    control = next;
    controlChanged.resolve();
    controlChanged = Promise.withResolvers();
  };
  const webhooks =
    options.webhooks ??
    createWebhooks({
      secret: options.webhookSecret,
      events: options.webhookEvents,
      control: () => control,
      clock,
      log,
      lifecycle: options.lifecycle,
      random,
      ...(options.webhookRetryAfterMs ? { retryAfterMs: options.webhookRetryAfterMs } : {}),
    });
  const world: World = { ledger: options.ledger ?? createLedger(), clock, emit: webhooks.emit };
  const idempotency = createIdempotency(clock.now);
  let callsUnderWay = 0;

  const app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    c.set('requestId', newId('req'));
    c.header('Request-Id', c.get('requestId'));
    await next();
  });
  app.use(accessLog(log, () => true));
  app.onError((error, c) => {
    if (error instanceof StripeRefusal) return send(c, refusalAnswer(error));
    log.error({ err: error }, 'unexpected error');
    return send(c, refusalAnswer(serverError()));
  });
  app.notFound((c) => {
    const message = `Unrecognized request URL (${c.req.method}: ${c.req.path}).`;
    return send(c, refusalAnswer(new StripeRefusal(404, { type: 'invalid_request_error', message })));
  });

  /** An API call with key check, faults, idempotency, and an answer in Stripe's format. */
  const call = (verb: (parameters: Form, c: Context<HttpEnv>) => object) => async (c: Context<HttpEnv>) => {
    callsUnderWay += 1;
    try {
      return await act(verb, c);
    } finally {
      callsUnderWay -= 1;
    }
  };
  const isHeld = (method: unknown) =>
    control.held_payments === 'all' || control.held_payments.some((held) => held === method);
  const act = async (verb: (parameters: Form, c: Context<HttpEnv>) => object, c: Context<HttpEnv>) => {
    checkKey(c, options.secretKey);
    const parameters = await readForm(c);
    if (random() < control.timeout_rate) await delay(control.hang_ms);
    const work = async (): Promise<Answer> => {
      while (opensPayment(c) && isHeld(parameters.payment_method)) await controlChanged.promise;
      if (control.latency_ms > 0) await delay(control.latency_ms);
      if (random() < control.error_rate) return refusalAnswer(serverError());
      return tried(() => verb(parameters, c));
    };
    const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined;
    const fingerprint = `${c.req.method} ${c.req.path} ${JSON.stringify(parameters)}`;
    const answer = key ? await idempotency.once(key, fingerprint, c.get('requestId'), work) : await work();
    if (random() < control.drop_answer_rate) nodeOf(c)?.incoming.socket.destroy();
    return send(c, answer, key);
  };

  const intentOf = (c: Context): Stripe.PaymentIntent => {
    const id = c.req.param('id') ?? '';
    const intent = world.ledger.intents.get(id);
    if (!intent) throw noSuch('payment_intent', id, 'intent', 404);
    return intent;
  };
  const bankUrl = (c: Context) => (secret: string) =>
    `${(options.publicUrl ?? new URL(c.req.url).origin).replace(/\/$/, '')}/test-bank/${secret}`;

  app.post(
    '/v1/payment_intents',
    call((form, c) => createIntent(world, form, bankUrl(c))),
  );
  app.get(
    '/v1/payment_intents/:id',
    call((_, c) => intentOf(c)),
  );
  app.post(
    '/v1/payment_intents/:id/confirm',
    call((form, c) => confirmIntent(world, intentOf(c), readConfirmation(form), bankUrl(c))),
  );
  app.post(
    '/v1/payment_intents/:id/cancel',
    call((form, c) => cancelIntent(world, intentOf(c), form)),
  );
  app.post(
    '/v1/refunds',
    call((form) => createRefund(world, form)),
  );
  app.get(
    '/v1/refunds/:id',
    call((_, c) => {
      const id = c.req.param('id') ?? '';
      const refund = world.ledger.refunds.get(id);
      if (!refund) throw noSuch('refund', id, 'refund', 404);
      return refund;
    }),
  );

  // Called by browsers, with only the publishable key in the form.
  app.post('/v1/payment_methods', async (c) => {
    const form = await readForm(c);
    return send(
      c,
      tried(() => createPaymentMethod(world, form)),
    );
  });
  app.route('/', cardFormRoutes());

  app.get('/test-bank/:secret', (c) => {
    const intent = waitingAtBank(world, c.req.param('secret'));
    return intent ? c.html(bankPage(intent)) : c.html(bankDonePage('No payment is waiting here.'), 404);
  });
  app.post('/test-bank/:secret', async (c) => {
    const intent = waitingAtBank(world, c.req.param('secret'));
    if (!intent) return c.html(bankDonePage('No payment is waiting here.'), 404);
    const { outcome } = parseForm(await c.req.text());
    const goTo = authenticate(world, intent, outcome === 'approve');
    return goTo ? c.redirect(goTo, 303) : c.html(bankDonePage('Thank you.'));
  });

  app.get('/_control', (c) => c.json(control));
  app.post('/_control', async (c) => {
    const change = readParameters(controlChange, await c.req.json().catch(() => undefined));
    setControl(controlSettings.parse({ ...control, ...change }));
    return c.json(control);
  });
  app.delete('/_control', (c) => {
    setControl({ ...NO_FAULTS, webhook_url: control.webhook_url });
    return c.json(control);
  });
  app.get('/_state', (c) => c.json(countState(world.ledger, webhooks.counts(), callsUnderWay)));
  app.get('/healthz', (c) => c.json({ ok: true }));
  return app;
}

const opensPayment = (c: Context) => c.req.method === 'POST' && c.req.path === '/v1/payment_intents';

async function readForm(c: Context): Promise<Form> {
  try {
    return c.req.method === 'GET' ? parseForm(new URL(c.req.url).search) : parseForm(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidRequest(error.message);
    throw error;
  }
}

/** A refusal of an executed call is stored like any other answer. */
function tried(verb: () => object): Answer {
  try {
    return { status: 200, body: JSON.stringify(verb(), null, 2) };
  } catch (error) {
    if (error instanceof StripeRefusal && error.wasTried) return refusalAnswer(error);
    throw error;
  }
}

function refusalAnswer({ status, body }: StripeRefusal): Answer {
  return { status, body: JSON.stringify({ error: body }, null, 2) };
}

function serverError(): StripeRefusal {
  return new StripeRefusal(500, { type: 'api_error', message: 'An error occurred on our side. Try again.' });
}

function send(c: Context, answer: Answer | KeyedAnswer, key?: string): Response {
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  if (key) headers['Idempotency-Key'] = key;
  if ('replayed' in answer) {
    headers['Original-Request'] = answer.originalRequest;
    if (answer.replayed) headers['Idempotent-Replayed'] = 'true';
  }
  // The cast: every status comes from a refusal or a stored answer, and all of those allow a body.
  return c.body(answer.body, answer.status as ContentfulStatusCode, headers);
}
