import type { RunReport } from './run-report.ts';

/** The report as text. */
export function toText({ options, figures, times, verdicts, seconds }: RunReport): string {
  const cell = (value: number | string) => String(value).padStart(10);
  return [
    '',
    `${options.shoppers} shoppers, ${options.units} units, ${options.rate} admissions a minute: ${seconds} s, ${figures.calls} calls`,
    '',
    `  ${'ms'.padEnd(14)}${['p50', 'p95', 'p99', 'max', 'count'].map(cell).join('')}`,
    ...Object.entries(times).map(
      ([kind, { p50, p95, p99, max, count }]) =>
        `  ${kind.padEnd(14)}${[p50, p95, p99, max, count].map(cell).join('')}`,
    ),
    '',
    `  at most ${figures.peakConnections} database connections; the crowd itself used ${figures.generatorCpuSeconds.toFixed(1)} s of CPU`,
    '',
    ...verdicts.map(
      ({ kept, guarantee, evidence }) => `  ${kept ? 'holds   ' : 'VIOLATED'}  ${guarantee}: ${evidence}`,
    ),
  ].join('\n');
}
