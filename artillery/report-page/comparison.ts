import { keysOf } from '@shopfast/kit/narrow';
import type { RunReport } from '../crowd/run-report.ts';
import { lineChart, type Series } from './chart.ts';
import { type Cell, page, table } from './page.ts';

/** Two runs in comparison. */
export function comparisonPage(one: RunReport, other: RunReport): string {
  const kinds = [...new Set([...Object.keys(one.times), ...Object.keys(other.times)])];
  const rows: Cell[][] = [
    ...kinds.flatMap((kind): Cell[][] =>
      (['p50', 'p99'] as const).map((part) =>
        row(`${kind} ${part}, ms`, one.times[kind]?.[part] ?? 0, other.times[kind]?.[part] ?? 0),
      ),
    ),
    ...keysOf(one.figures).map((name) => row(name, one.figures[name], other.figures[name])),
    row('guarantees violated', broken(one), broken(other)),
  ];
  const chart = (title: string, unit: string, of: (run: RunReport) => Series['points']) =>
    lineChart({
      title,
      unit,
      series: [
        { name: 'A', points: of(one) },
        { name: 'B', points: of(other) },
      ],
    });
  const charts = [
    chart('The line', 'live tickets that wait', (run) => run.samples.map((s) => [s.at, s.waiting])),
    chart('Join', 'ms, p99 of each second', (run) => run.p99.join ?? []),
    chart('Ticket status', 'ms, p99 of each second', (run) => run.p99.poll ?? []),
    chart('Database connections', 'of all services', (run) => run.samples.map((s) => [s.at, s.connections])),
  ];
  return page(
    'Two runs',
    `<h1>Two runs</h1><p class="sub">A: ${name(one)}<br>B: ${name(other)}</p>${table(['', 'A', 'B', 'B over A'], rows)}<div class="charts">${charts.join('')}</div>`,
  );
}

const name = ({ scenario, at, options }: RunReport) =>
  `${scenario}, ${options.shoppers} shoppers, ${options.units} units, ${at.slice(0, 16)}`;
const broken = ({ verdicts }: RunReport) => verdicts.filter((verdict) => !verdict.kept).length;

function row(what: string, a: number, b: number): Cell[] {
  const round = (value: number) => Math.round(value * 10) / 10;
  return [what, round(a), round(b), a > 0 ? `${(b / a).toFixed(2)} ×` : ''];
}
