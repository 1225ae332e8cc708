import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { KIND_NAMES } from './kinds.ts';
import { type Lab, startLab } from './lab.ts';
import { type CrowdSize, type RunReport, runOnce } from './run.ts';
import type { Plan } from './schedule.ts';
import { textTable } from './text-table.ts';

/** Makes runs one after another; after each run with a violation it starts a new system. */
export async function runWholeSystem(
  plans: readonly Plan[],
  lifecycle: Lifecycle,
  say: { step: (line: string) => void; run: (line: string) => void },
  size?: CrowdSize,
): Promise<RunReport[]> {
  const reports: RunReport[] = [];
  let lab: Lab | undefined;
  for (const plan of plans) {
    lab ??= await startLab(lifecycle, say.step);
    const report = await runOnce(lab, plan, size).catch((error: Error) => notJudged(plan, error));
    reports.push(report);
    say.run(toLine(report, reports.length, plans.length));
    if (report.broken.length === 0) continue;
    await lab.close();
    lab = undefined;
  }
  await lab?.close();
  return reports;
}

/** A run that could not be judged counts as violated. */
function notJudged({ seed, kind, place }: Plan, error: Error): RunReport {
  return {
    ...{
      seed,
      kind,
      place,
      what: `${kind}, ${place}`,
      lastedMs: 0,
      servedAfterMs: null,
      settledAfterMs: null,
    },
    ...{ calls: 0, orders: 0, seconds: 0 },
    broken: [{ guarantee: 'The run can be judged', kept: false, evidence: error.message }],
  };
}

function toLine(report: RunReport, nth: number, of: number): string {
  const { seed, what, lastedMs, servedAfterMs, settledAfterMs, calls, orders, seconds, broken } = report;
  const verdict =
    broken.length === 0
      ? 'holds'
      : `VIOLATED ${broken.map(({ guarantee, evidence }) => `${guarantee}: ${evidence}`).join(' | ')}`;
  return (
    `${nth}/${of}  seed ${seed}  ${what}, for ${inSeconds(lastedMs)}: ${calls} calls, ${orders} orders, ` +
    `served again after ${inSeconds(servedAfterMs)}, settled after ${inSeconds(settledAfterMs)}, ${seconds} s in all: ${verdict}`
  );
}

export type KindSummary = {
  kind: string;
  runs: number;
  broken: number;
  slowestServedMs: number | null;
  slowestSettledMs: number | null;
};

/** One row for each kind of fault that occurred. */
export function summarise(reports: readonly RunReport[]): KindSummary[] {
  return KIND_NAMES.flatMap((kind) => {
    const of = reports.filter((report) => report.kind === kind);
    if (of.length === 0) return [];
    return [
      {
        kind,
        runs: of.length,
        broken: of.filter((report) => report.broken.length > 0).length,
        slowestServedMs: slowest(of.map((report) => report.servedAfterMs)),
        slowestSettledMs: slowest(of.map((report) => report.settledAfterMs)),
      },
    ];
  });
}

const slowest = (times: ReadonlyArray<number | null>) =>
  times.includes(null) ? null : Math.max(...times.map(Number));

export function toTable(summaries: readonly KindSummary[]): string {
  const rows = summaries.map((one) => [
    one.kind,
    one.runs,
    one.broken,
    inSeconds(one.slowestServedMs),
    inSeconds(one.slowestSettledMs),
  ]);
  return textTable([
    ['fault', 'runs', 'violated', 'served again after at most', 'settled after at most'],
    ...rows,
  ]);
}

const inSeconds = (ms: number | null) => (ms === null ? 'never' : `${(ms / 1_000).toFixed(1)} s`);
