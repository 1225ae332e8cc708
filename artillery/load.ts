import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { messageOf } from '@shopfast/kit/thrown';
import { FREE_PORTS, startSystem } from '@shopfast/sandbox/system/system';
import { runArtillery } from './launch.ts';
import type { LoadOptions } from './options.ts';
import { OptionsError } from './options-error.ts';
import { showProgress } from './progress.ts';
import { type ArtilleryReport, readChecks, toText } from './report.ts';
import { lastingSeconds, readRoom, requireJoinable, requireLobby } from './room.ts';
import { makeSale, type OwnSale, openWhenAllAreThere } from './sale.ts';
import { filesOf } from './scenarios.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Shoppers stop at the deadline by themselves; pending answers and the report get this much more time. */
const AFTER_DEADLINE_SECONDS = 60;

type Context = { lifecycle: Lifecycle; signal: AbortSignal };

/** Runs one load test. @returns the exit code: 0 if every threshold holds */
export async function load(options: LoadOptions, context: Context): Promise<number> {
  const { scenario, shoppers, seconds } = options;
  const reportFile = prepareReport(options);
  const { target, room, product, sale, metrics } = await findSale(options, context);
  const status = await readRoom(target, room);
  requireJoinable(room, status);
  if (scenario.gathers) requireLobby(room, status);
  if (status.state === 'sold_out')
    console.error('This room is sold out already: nobody will be able to buy.');
  const deadlineSeconds = options.deadlineSeconds ?? lastingSeconds(options, status);

  console.error(
    `${scenario.name}: ${shoppers} shoppers within ${seconds} s at ${target}, room ${room} ` +
      `(${status.state}, ${status.remaining ?? 'unknown'} units, ${status.admissions_per_minute} admitted a minute).\n` +
      `Ends when all shoppers have finished, after at most ${deadlineSeconds} s.`,
  );
  const stopProgress = showProgress(target, room, console.error);
  const running = runArtillery({
    files: filesOf(scenario),
    target,
    reportFile,
    shoppers,
    variables: {
      ...{ room, product, shoppers, arrivalSeconds: seconds, metrics: metrics ?? '' },
      until: Date.now() + deadlineSeconds * 1_000,
    },
    killAfterMs: (deadlineSeconds + AFTER_DEADLINE_SECONDS) * 1_000,
    signal: context.signal,
  }).finally(stopProgress);
  if (scenario.gathers && sale) {
    const ended = AbortSignal.any([context.signal, signalOf(running)]);
    await Promise.race([running, openWhenAllAreThere({ target, sale }, options, ended)]);
  }
  const ended = await running;

  if (context.signal.aborted) return 130;
  const report = readReport(reportFile);
  if (!report) {
    const why = ended.ranOut ? 'did not end in time' : `ended with ${ended.exitCode ?? 'a signal'}`;
    console.error(`\nartillery ${why} and left no report. Its last output:\n${ended.output.trim()}`);
    return 1;
  }
  const checks = readChecks(ended.output);
  console.log(`\n${toText(report, checks)}\n\nReport: ${shown(reportFile)}`);
  return ended.exitCode === 0 && checks.length > 0 && checks.every(({ kept }) => kept) ? 0 : 1;
}

type Sale = { target: string; room: string; product: string; sale: OwnSale | null; metrics?: string };

/** The sale for the shoppers, created if it does not exist. Its room is closed only while people gather. */
async function findSale({ place, scenario }: LoadOptions, context: Context): Promise<Sale> {
  if (place.kind === 'there') return { ...place, sale: null };
  // In a shop that is started for the run the name is free; elsewhere every run has its own name.
  const id = place.kind === 'own shop' ? 'load' : `load-${Date.now().toString(36)}`;
  const { target, adminKey, metrics } =
    place.kind === 'own shop' ? await startShop(id, context) : { metrics: undefined, ...place };
  const gathers = scenario.gathers ?? false;
  const sale = await makeSale({ target, adminKey }, { id, plan: place.sale, gathers });
  if (place.kind === 'own sale') context.lifecycle.onClose('sale', sale.close);
  if (!gathers) await sale.open();
  return { target, room: sale.room, product: sale.product, sale, ...(metrics ? { metrics } : {}) };
}

async function startShop(room: string, { lifecycle, signal }: Context) {
  const system = await startSystem({
    ports: FREE_PORTS,
    logLevel: 'warn',
    // Bots come from many addresses.
    given: { trustedProxies: '127.0.0.1,::1' },
    shopRoom: room,
    onProgress: (step) => console.error(`· ${step}`),
    onDeath: (name, detail) => console.error(`! ${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  signal.throwIfAborted();
  // By its address: the name of this machine would be resolved for every connection.
  return {
    target: `http://127.0.0.1:${new URL(system.urls.gateway).port}`,
    adminKey: system.adminKey,
    metrics: system.metrics.gateway,
  };
}

function signalOf(running: Promise<unknown>): AbortSignal {
  const ending = new AbortController();
  void running.finally(() => ending.abort()).catch(() => {});
  return ending.signal;
}

function prepareReport({ scenario, output }: LoadOptions): string {
  const folder = resolve(ROOT, output);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new OptionsError(`--output: ${messageOf(error)}`);
  }
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return join(folder, `artillery-${scenario.name}-${time}Z.json`);
}

function shown(file: string): string {
  const fromRoot = relative(ROOT, file);
  return fromRoot.startsWith('..') ? file : fromRoot;
}

function readReport(file: string): ArtilleryReport | null {
  try {
    // The cast: artillery wrote it.
    return JSON.parse(readFileSync(file, 'utf8')) as ArtilleryReport;
  } catch {
    return null;
  }
}
