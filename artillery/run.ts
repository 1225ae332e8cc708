import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { runArtillery } from './launch.ts';
import { type LoadOptions, readOptions, USAGE } from './options.ts';
import { OptionsError } from './options-error.ts';
import { showProgress } from './progress.ts';
import { type ArtilleryReport, readChecks, toText } from './report.ts';
import { lastingSeconds, readRoom, requireJoinable, TargetError } from './room.ts';

const SCENARIOS = join(import.meta.dirname, 'scenarios');
const ROOT = resolve(import.meta.dirname, '..');

/** Shoppers stop at the deadline by themselves; an answer under way and the report get this much longer. */
const AFTER_DEADLINE_SECONDS = 60;

/** One load test. @returns the exit code: 0 when every threshold held */
async function load(options: LoadOptions, signal: AbortSignal): Promise<number> {
  const { scenario, shoppers, seconds, target, room, product } = options;
  const status = await readRoom(target, room);
  requireJoinable(room, status);
  if (status.state === 'sold_out')
    console.error('This room is sold out already: nobody will be able to buy.');
  const deadlineSeconds = options.deadlineSeconds ?? lastingSeconds(options, status);
  const reportFile = prepareReport(options);

  console.error(
    `${scenario}: ${shoppers} shoppers within ${seconds} s at ${target}, room ${room} ` +
      `(${status.state}, ${status.remaining ?? 'unknown'} units, ${status.admissions_per_minute} admitted a minute).\n` +
      `Ends when everybody has bought or heard that it is over; at the latest after ${deadlineSeconds} s.`,
  );
  const stopProgress = showProgress(target, room, console.error);
  const ended = await runArtillery({
    scenarioFile: join(SCENARIOS, `${scenario}.yml`),
    target,
    reportFile,
    shoppers,
    variables: {
      room,
      product,
      shoppers,
      arrivalSeconds: seconds,
      until: Date.now() + deadlineSeconds * 1_000,
    },
    killAfterMs: (deadlineSeconds + AFTER_DEADLINE_SECONDS) * 1_000,
    signal,
  }).finally(stopProgress);

  if (signal.aborted) return 130;
  const report = readReport(reportFile);
  if (!report) {
    const why = ended.ranOut ? 'did not end in time' : `ended with ${ended.exitCode ?? 'a signal'}`;
    console.error(`\nartillery ${why} and left no report. What it said at the end:\n${ended.output.trim()}`);
    return 1;
  }
  const checks = readChecks(ended.output);
  console.log(`\n${toText(report, checks)}\n\nReport: ${shown(reportFile)}`);
  return ended.exitCode === 0 && checks.length > 0 && checks.every(({ kept }) => kept) ? 0 : 1;
}

function prepareReport({ scenario, output }: LoadOptions): string {
  const folder = resolve(ROOT, output);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new OptionsError(`--output: ${(error as Error).message}`);
  }
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return join(folder, `${scenario}-${time}Z.json`);
}

function shown(file: string): string {
  const fromRoot = relative(ROOT, file);
  return fromRoot.startsWith('..') ? file : fromRoot;
}

function readReport(file: string): ArtilleryReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ArtilleryReport;
  } catch {
    return null;
  }
}

function scenarioNames(): string[] {
  return readdirSync(SCENARIOS).flatMap((file) =>
    file.endsWith('.yml') ? [file.slice(0, -'.yml'.length)] : [],
  );
}

const aborting = new AbortController();
void stopRequested().then(() => aborting.abort());
try {
  const options = readOptions(process.argv.slice(2), scenarioNames());
  if (options) process.exitCode = await load(options, aborting.signal);
  else console.log(USAGE);
} catch (error) {
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof TargetError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
process.exit();
