import { connectDb } from '@shopfast/db/client';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { gatherFacts } from '@shopfast/sandbox/checker/facts';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch, patient } from '@shopfast/sandbox/shopper/transport';
import { openSale } from '@shopfast/sandbox/system/sale';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import { sendCrowd } from './crowd/crowd.ts';
import { Ledger } from './crowd/ledger.ts';
import { Network } from './crowd/network.ts';
import type { DemoOptions } from './options.ts';
import type { Progress } from './progress.ts';
import type { Outcome } from './report/guarantees.ts';
import { probeStatementsPerOrder } from './report/probe.ts';
import { startSampler } from './report/sampler.ts';

const ROOM = 'demo';
const OTHER = { room: 'demo-other', productId: 'demo-other-sneaker', tokenTtlSeconds: 2 };
const PRODUCT = 'demo-sneaker';
const MAX_ACTIVE = 500;
const CLAIM_SECONDS = 8;
/** The demo ends after this time in every case. */
const LONGEST_MS = 15 * 60_000;
/** How long jobs may run after the last shopper has finished. */
const SETTLE_MS = 30_000;

type Context = { lifecycle: Lifecycle; progress: Progress; signal: AbortSignal };

/** Starts the system, sends the crowd, waits for the last job and collects the results. */
export async function runDemo(
  options: DemoOptions,
  context: Context,
): Promise<{ outcome: Outcome; system: System }> {
  const started = Date.now();
  const { lifecycle, progress } = context;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(LONGEST_MS)]);

  const system = await startSystem({
    ports: FREE_PORTS,
    shopRoom: ROOM,
    pooler: options.pooler,
    cluster: options.cluster,
    gateways: options.cluster ? 2 : 1,
    onProgress: progress.step,
    onDeath: (name, detail) => progress.step(`${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  progress.step(`opening the sale: ${options.units} units, ${options.rate} admissions a minute`);
  await openRooms(system, options);

  const log = createLog('demo', 'warn');
  const { sql } = connectDb(system.databaseUrl, { name: 'demo', max: 1, lifecycle, log });
  const network = new Network(system.urls.gateway);
  lifecycle.onClose('network', () => network.close());
  const ledger = new Ledger();
  const sale = { room: ROOM, productId: PRODUCT, claimSeconds: CLAIM_SECONDS };

  progress.step('counting the statements of one order');
  const probe = createShopper({ room: OTHER.room, send: patient(overFetch(system.urls.gateway)) });
  const statementsPerOrder = await probeStatementsPerOrder(sql, probe, OTHER.productId, signal);

  const onlooker = createShopper({ room: ROOM, send: overFetch(system.urls.gateway) });
  const sampler = startSampler(sql, onlooker);
  progress.step(`${options.shoppers} shoppers come`);
  const ticker = setInterval(
    () => progress.live(describeCrowd(ledger, options, sampler.samples.waiting)),
    250,
  );
  try {
    const shopperOf = (room: string) => createShopper({ room, send: network.send });
    const other = { shopper: shopperOf(OTHER.room), tokenTtlSeconds: OTHER.tokenTtlSeconds };
    await sendCrowd({ shopper: shopperOf(ROOM), network, ledger, sale, signal }, other, options);
  } finally {
    clearInterval(ticker);
    await sampler.stop();
  }
  progress.step('waiting for the last jobs, then counting');
  const { inbox, stripe } = system.urls;
  const books = { sql, inboxUrl: inbox, stripeUrl: stripe, room: ROOM };
  // After the deadline, unfinished work is judged as it is.
  await untilSettled(books, { withinMs: SETTLE_MS, signal });
  const facts = await gatherFacts(books);

  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const { samples } = sampler;
  const outcome = {
    options,
    productId: PRODUCT,
    maxActive: MAX_ACTIVE,
    ledger,
    network,
    facts,
    samples,
    statementsPerOrder,
    seconds,
  };
  return { outcome, system };
}

async function openRooms(system: System, options: DemoOptions): Promise<void> {
  await openSale(system, {
    room: ROOM,
    name: 'Demo sale',
    productId: PRODUCT,
    units: options.units,
    settings: {
      admissions_per_minute: options.rate,
      max_active: MAX_ACTIVE,
      claim_seconds: CLAIM_SECONDS,
      poll_max_ms: 10_000,
    },
  });
  await openSale(system, {
    room: OTHER.room,
    name: 'Another sale',
    productId: OTHER.productId,
    units: 1_000_000,
    settings: {
      admissions_per_minute: 60_000,
      max_active: 100_000,
      token_ttl_seconds: OTHER.tokenTtlSeconds,
      poll_min_ms: 500,
    },
  });
}

function describeCrowd(ledger: Ledger, options: DemoOptions, waiting: number): string {
  return [
    `joined ${ledger.joined}/${options.shoppers}`,
    `waiting ${waiting}`,
    `called ${ledger.calls.length}`,
    `orders ${ledger.ordersPlaced}`,
    `paid ${ledger.paid}`,
    `declined ${ledger.failed}`,
    `saw sold out ${ledger.toldSoldOut}`,
  ].join('   ');
}
