import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { helpOf } from '@shopfast/bootstrap/command-line';
import { load } from '@shopfast/bootstrap/commands/load';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { messageOf, stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { runBaseline } from '../baseline/run.ts';
import { toBaselineText } from '../baseline/text.ts';
import { OptionsError } from '../options-error.ts';
import { baselinePage } from '../report-page/baseline.ts';
import { comparisonPage } from '../report-page/comparison.ts';
import { runPage } from '../report-page/run.ts';
import { type LabOptions, readLabOptions } from './options.ts';
import type { RunReport } from './run-report.ts';
import { runRush } from './rush.ts';
import { toText } from './text.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const lifecycle = createLifecycle();
const aborting = new AbortController();
void stopRequested().then(() => aborting.abort());

async function main(): Promise<number> {
  const options = readLabOptions(process.argv.slice(2));
  const folder = resolve(ROOT, options.output);
  mkdirSync(folder, { recursive: true });
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return relative(ROOT, join(folder, name));
  };
  if (options.scenario === 'compare') {
    const [one, other] = options.files;
    const page = comparisonPage(readReport(one), readReport(other));
    console.log(`Comparison: ${save('comparison.html', page)}`);
    return 0;
  }
  const context = {
    lifecycle,
    signal: aborting.signal,
    say: (line: string) => console.error(`· ${line}`),
  };
  const [report, text, html] = await run(options, context);
  if (aborting.signal.aborted) return 130;
  const name = `${report.scenario}-${report.at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  save(`${name}.json`, JSON.stringify(report));
  console.log(text);
  console.log(`\nReport: ${save(`${name}.html`, html)}`);
  if (options.json) console.log(JSON.stringify({ ...report, samples: undefined, p99: undefined }));
  return report.verdicts.every((verdict) => verdict.kept) ? 0 : 1;
}

type Scenario = Exclude<LabOptions, { scenario: 'compare' }>;

async function run(options: Scenario, context: Parameters<typeof runRush>[1]) {
  if (options.scenario === 'baseline') {
    const report = await runBaseline(options.baseline, context);
    return [report, toBaselineText(report), baselinePage(report)] as const;
  }
  const report = await runRush(options.rush, context);
  return [report, toText(report), runPage(report)] as const;
}

function readReport(file: string): RunReport {
  try {
    // The cast: an earlier run wrote it.
    return JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as RunReport;
  } catch (error) {
    throw new OptionsError(`--compare: ${messageOf(error)}`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${helpOf(load)}`);
    process.exitCode = 2;
  } else {
    console.error(`The run failed.\n${stackOf(error)}`);
    process.exitCode = aborting.signal.aborted ? 130 : 1;
  }
}
await lifecycle.close();
process.exit();
