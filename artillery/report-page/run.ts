import type { RunReport } from '../crowd/run-report.ts';
import type { Sample } from '../crowd/watch.ts';
import { describeMachine } from '../machine.ts';
import { inHtml, lineChart, type Series } from './chart.ts';
import { page, table, verdictTable } from './page.ts';

/** One run as a self-contained page: no script, nothing loaded. */
export function runPage(report: RunReport): string {
  const { options, machine, figures, times, verdicts, samples } = report;
  const kept = verdicts.filter((verdict) => verdict.kept).length;
  const over = (name: string, of: (sample: Sample) => number): Series => ({
    name,
    points: samples.map((sample) => [sample.at, of(sample)] as const),
  });
  const sent = (kind: string): Series => ({ name: kind, points: report.p99[kind] ?? [] });
  const programs = [...new Set(samples.flatMap((sample) => Object.keys(sample.cpu)))]
    .map((name) => ({ name, peak: Math.max(...samples.map((sample) => sample.cpu[name] ?? 0)) }))
    .filter(({ peak }) => peak > 0.05)
    .toSorted((a, b) => b.peak - a.peak);
  const charts = [
    lineChart({
      title: 'The line',
      unit: 'live tickets that wait',
      series: [over('waiting', (s) => s.waiting)],
    }),
    lineChart({
      ...{ title: 'Calls in the last 60 s', unit: 'as the room counts them', limit: options.rate },
      series: [over('calls', (s) => s.callsInLastMinute)],
    }),
    lineChart({
      title: 'Join and ticket status',
      unit: 'ms, p99 of each second',
      series: [sent('join'), sent('poll')],
    }),
    lineChart({ title: 'Orders', unit: 'ms, p99 of each second', series: [sent('order')] }),
    lineChart({
      title: 'Active shoppers',
      unit: 'called, or with a token',
      series: [over('active', (s) => s.active)],
    }),
    lineChart({
      title: 'Units left',
      unit: 'neither held nor sold',
      series: [over('remaining', (s) => s.remaining)],
    }),
    lineChart({
      title: 'Database connections',
      unit: 'of all services',
      series: [over('connections', (s) => s.connections)],
    }),
    lineChart({
      ...{ title: 'CPU', unit: 'cores' },
      series: programs.map(({ name }) => over(name, (sample) => sample.cpu[name] ?? 0)),
    }),
    lineChart({ title: 'Oldest unpublished job', unit: 's', series: [over('outbox', (s) => s.outboxAge)] }),
    lineChart({
      ...{ title: 'Event-loop delay', unit: 'ms, p99 of each second' },
      series: [over('gateway', (s) => s.gatewayDelayMs), over('the crowd itself', (s) => s.generatorDelayMs)],
    }),
    lineChart({
      ...{ title: 'The crowd', unit: 'shoppers' },
      series: [over('have joined', (s) => s.joined), over('finished', (s) => s.ended)],
    }),
  ];
  const title = `${options.shoppers.toLocaleString('en')} shoppers, ${options.units} units`;
  return page(
    title,
    `<h1>${title}</h1>
<p class="sub">${report.scenario}, ${report.at.slice(0, 16).replace('T', ' ')} UTC, ${report.seconds} s, everything on one machine: ${inHtml(describeMachine(machine))}. ${options.rate} admissions a minute; the room opened after ${report.openedAtSecond.toFixed(0)} s.</p>
<p><strong class="${kept === verdicts.length ? 'kept' : 'broken'}">${kept} of ${verdicts.length} guarantees hold</strong>; ${figures.calls.toLocaleString('en')} calls, ${figures.errors} errors, ${figures.timeouts} timeouts; the crowd itself used ${figures.generatorCpuSeconds.toFixed(0)} s of CPU.</p>
${table(
  ['ms, from the planned start of a call', 'p50', 'p95', 'p99', 'max', 'calls'],
  Object.entries(times).map(([kind, t]) => [kind, t.p50, t.p95, t.p99, t.max, t.count]),
)}
<div class="charts">${charts.join('')}</div>
<h2>Guarantees</h2>${verdictTable(verdicts)}`,
  );
}
