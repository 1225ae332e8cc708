import { expect, test } from 'vitest';
import type { RunReport } from '../crowd/run-report.ts';
import { comparisonPage } from './comparison.ts';
import { runPage } from './run.ts';

const times = { count: 10, p50: 3, p95: 20, p99: 41.5, max: 60 };
const report: RunReport = {
  ...{
    scenario: 'rush',
    at: '2026-11-25T10:00:00.000Z',
    seconds: 300,
    openedAtSecond: 81,
    watcherFailures: 0,
  },
  machine: { cpu: 'A <quick> one', cores: 2, memoryGb: 8, node: '26', postgres: '18', redis: '7' },
  options: { shoppers: 1_000, units: 5, rate: 600, seconds: 2 },
  figures: {
    ...{
      peakAlive: 1_000,
      joinedWithinSeconds: 2,
      sold: 5,
      oversold: 0,
      errors: 0,
      timeouts: 0,
      calls: 5_000,
    },
    ...{ peakConnections: 9, generatorCpuSeconds: 4 },
  },
  times: { join: times, poll: times },
  verdicts: [{ guarantee: 'Nothing is sold twice', kept: false, evidence: '<6 of 5>' }],
  samples: [0, 1].map((at) => ({
    ...{
      at,
      state: 'open',
      waiting: 900 - at,
      active: 3,
      remaining: 5,
      callsInLastMinute: 10,
      connections: 9,
    },
    ...{ outboxAge: 0, gatewayDelayMs: 4, generatorDelayMs: 2, joined: 1_000, ended: 0, queued: 0 },
    cpu: { gateway: 0.5, postgres: 0.01 },
  })),
  p99: { join: [[0, 41.5]], poll: [[1, 20]] },
};

test('a page of a run is self-contained and shows violations', () => {
  const html = runPage(report);
  expect(html).not.toMatch(/<script|src=|href=|url\(|@import/);
  expect(html).toMatch(/VIOLATED<\/td><td>Nothing is sold twice<\/td><td>&lt;6 of 5&gt;/);
  expect(html).toContain('A &lt;quick&gt; one');
  expect(html).toContain('41.5');
});

test('a comparison shows both figures and how many times one is the other', () => {
  const slower = { ...report, times: { ...report.times, join: { ...times, p99: 83 } } };
  const html = comparisonPage(report, slower);
  expect(html).toContain('<td>join p99, ms</td><td class="n">41.5</td><td class="n">83</td><td>2.00 ×</td>');
});
