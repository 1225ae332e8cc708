/** The used part of artillery's `--output`. */
export type ArtilleryReport = {
  aggregate: {
    counters: Record<string, number>;
    summaries: Record<string, Summary>;
    firstMetricAt?: number;
    lastMetricAt?: number;
  };
};
type Summary = { count: number; median: number; p95: number; p99: number; max: number };

export type Check = { kept: boolean; expression: string };

/** The thresholds, as artillery's ensure plugin prints them: `ok: …` and `fail: …`. */
export function readChecks(output: string): Check[] {
  return [...output.matchAll(/^(ok|fail): (.+)$/gm)].map(([, verdict, expression = '']) => ({
    kept: verdict === 'ok',
    expression,
  }));
}

/** A summary of a run: how far shoppers got, latencies, and thresholds. */
export function toText({ aggregate }: ArtilleryReport, checks: Check[]): string {
  return [
    ...outcomes(aggregate.counters),
    '',
    ...times(aggregate.summaries),
    ...memory(aggregate.summaries),
    '',
    traffic(aggregate),
    ...surprises(aggregate.counters),
    '',
    ...checks.map(({ kept, expression }) => `  ${kept ? 'ok  ' : 'FAIL'}  ${expression}`),
  ].join('\n');
}

/** In the order of a journey; other counters follow by name. */
const OUTCOMES = [
  ...['came', 'joined', 'in_lobby', 'polled', 'drawn', 'claimed', 'ordered', 'paid', 'declined', 'sold_out'],
  ...['saw_status', 'not_modified', 'saw_shop', 'sent_to_queue'],
  ...['gave_up', 'told_to_retry', 'shed', 'server_errors', 'no_answer', 'unexpected'],
];
const TIMES = [
  ...['page', 'join', 'poll', 'status', 'claim', 'order', 'order_status', 'join_to_end'],
  ...['products', 'product', 'shop', 'worker_delay'],
];

function inOrder<T>(entries: Array<[string, T]>, order: string[]): Array<[string, T]> {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return entries.toSorted(([one], [other]) => place(one) - place(other) || one.localeCompare(other));
}

const OUTCOME = /^(\w+)\.(\w+)$/;
const NOT_OUTCOMES = new Set(['http', 'vusers', 'errors']);
/** The main subjects of a run; others are named in the report. */
const PEOPLE = new Set(['shoppers', 'visitors']);
/** Shown only if it happened. */
const SELDOM = new Set(['in_lobby', 'drawn', 'not_modified', 'sent_to_queue']);

function outcomes(counters: Record<string, number>): string[] {
  const found = Object.entries(counters).flatMap(([counter, value]): Array<[string, number]> => {
    const [, group = '', name = ''] = OUTCOME.exec(counter) ?? [];
    if (group === '' || NOT_OUTCOMES.has(group) || (value === 0 && SELDOM.has(name))) return [];
    return [[PEOPLE.has(group) ? name : `${group}_${name}`, value]];
  });
  return inOrder(found, OUTCOMES).map(([name, value]) => `  ${label(name)} ${right(grouped(value))}`);
}

function times(summaries: Record<string, Summary>): string[] {
  const found = Object.entries(summaries).flatMap(([name, summary]): Array<[string, Summary]> => {
    return name.endsWith('_ms') ? [[name.slice(0, -'_ms'.length), summary]] : [];
  });
  if (found.length === 0) return ['  no request was answered'];
  const line = (name: string, cells: string[]) => `  ${label(name)} ${cells.map(right).join(' ')}`;
  return [
    line('ms', ['p50', 'p95', 'p99', 'max', 'count']),
    ...inOrder(found, TIMES).map(([name, { median, p95, p99, max, count }]) =>
      line(name, [...[median, p95, p99, max].map(rounded), grouped(count)]),
    ),
  ];
}

/** The most memory that the gateway used. */
function memory(summaries: Record<string, Summary>): string[] {
  const found = Object.entries(summaries).filter(([name]) => name.endsWith('_mb'));
  return found.map(([name, { max }]) => `  ${label(name.slice(0, -'_mb'.length))} ${right(rounded(max))} MB`);
}

function traffic({ counters, firstMetricAt = 0, lastMetricAt = 0 }: ArtilleryReport['aggregate']): string {
  const requests = counters['http.requests'] ?? 0;
  const seconds = Math.max(1, (lastMetricAt - firstMetricAt) / 1_000);
  return `  ${grouped(requests)} requests in ${Math.round(seconds)} s, ${rounded(requests / seconds)} a second`;
}

/** Journeys that ended early, by cause: an unexpected answer, or none. */
function surprises(counters: Record<string, number>): string[] {
  const errors = Object.entries(counters).filter(([name]) => name.startsWith('errors.'));
  if (errors.length === 0) return [];
  const lines = errors.map(([name, value]) => `    ${grouped(value)} × ${name.slice('errors.'.length)}`);
  return ['', '  journeys that ended early:', ...lines];
}

const label = (name: string) => name.replaceAll('_', ' ').padEnd(22);
const right = (text: string) => text.padStart(9);
const rounded = (value: number) => grouped(Math.round(value * 10) / 10);
const grouped = (value: number) => value.toLocaleString('en');
