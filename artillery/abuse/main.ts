import { helpOf } from '@shopfast/bootstrap/command-line';
import { abuse } from '@shopfast/bootstrap/commands/abuse';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { OptionsError } from '../options-error.ts';
import { type Case, expectation } from './case.ts';
import { readAbuseEnv } from './env.ts';
import { FAMILIES } from './families.ts';
import { startLab } from './lab.ts';
import { type AbuseOptions, readAbuseOptions, selectCases } from './options.ts';
import { knownTarget, trySeveralAddresses } from './prepare-target.ts';
import { describe, familyTable, skippedTable, summarise } from './report.ts';
import { type Judged, runCases } from './run.ts';
import { World } from './world.ts';

const lifecycle = createLifecycle();
const interrupted = new AbortController();

/** @returns whether everything was refused */
async function main(options: AbuseOptions): Promise<boolean> {
  const cases = selectCases(FAMILIES, options);
  if (options.does === 'list') return say(listOf(cases));
  const target = options.target
    ? await knownTarget(options, options.target)
    : await startLab(lifecycle, (step) => console.error(`· ${step}`));
  const world = new World(target, interrupted.signal);
  lifecycle.onClose('what the run made', () => world.end());
  await trySeveralAddresses(world);
  if (!target.adminKey) console.error('· no --admin-key: cases that create rooms are skipped');
  console.error(`· sending ${cases.length} cases to ${target.origin.origin}`);
  const started = performance.now();
  const judged = await runCases(cases, world, {
    atOnce: options.atOnce,
    mostMs: options.minutes * 60_000,
    onJudged: (one, nth) => progress(one, nth, cases.length),
  });
  return report(judged, (performance.now() - started) / 1_000, options.json);
}

function say(text: string): true {
  console.log(text);
  return true;
}

function listOf(cases: readonly Case[]): string {
  const lines = cases.map(
    (one) => `${one.id}  ${one.title}  →  ${expectation(one.refusal)}  [${one.source}]`,
  );
  return [...lines, '', `${cases.length} cases`].join('\n');
}

function progress({ case: one, verdict }: Judged, nth: number, of: number): void {
  const isBad = verdict.outcome !== 'refused' && verdict.outcome !== 'skipped';
  if (isBad) console.error(`! ${one.id}: ${verdict.outcome.replaceAll('_', ' ')}`);
  if (nth % 50 === 0 || nth === of) console.error(`· ${nth}/${of}`);
}

function report(judged: readonly Judged[], seconds: number, json: boolean): boolean {
  const bad = judged
    .filter(({ verdict }) => verdict.outcome !== 'refused' && verdict.outcome !== 'skipped')
    .sort((a, b) => a.case.id.localeCompare(b.case.id));
  for (const one of bad) console.log(`\n${describe(one)}`);
  console.log(`\n${familyTable(judged)}`);
  const skipped = skippedTable(judged);
  if (skipped) console.log(`\n${skipped}`);
  const summary = summarise(judged, seconds);
  const through = bad.map(({ case: { id }, verdict: { outcome, why } }) => ({ id, outcome, why }));
  console.log(`\n${JSON.stringify(json ? { ...summary, not_refused: through } : summary)}`);
  return summary.ok;
}

void stopRequested().then(async () => {
  interrupted.abort();
  await lifecycle.close();
  process.exit(130);
});
try {
  process.exitCode = (await main(readAbuseOptions(process.argv.slice(2), readAbuseEnv()))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof OptionsError ? `${error.message}\n\n${helpOf(abuse)}` : stackOf(error));
  process.exitCode = 1;
}
await lifecycle.close();
// Output that is still in a pipe would be lost.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
process.exit();
