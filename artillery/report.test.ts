import { expect, test } from 'vitest';
import { readChecks, toText } from './report.ts';

const report = {
  aggregate: {
    counters: {
      'http.requests': 5_300,
      'vusers.created': 1_200,
      'shoppers.joined': 1_200,
      'shoppers.sold_out': 1_150,
      'shoppers.drawn': 0,
      'bots.came': 12,
      'errors.order: 404 product_unknown': 3,
    },
    summaries: {
      'http.response_time': { count: 5_300, median: 1, p95: 2, p99: 3, max: 4 },
      gateway_late_mb: { count: 9, median: 90, p95: 95, p99: 95, max: 95.5 },
      order_status_ms: { count: 90, median: 4.04, p95: 27.9, p99: 301.04, max: 1_312.5 },
    },
    firstMetricAt: 1_000,
    lastMetricAt: 11_000,
  },
};

test('the thresholds are read from what artillery prints', () => {
  const output = 'Test run id: t1\n\nChecks:\nok: join_ms.p99 < 1000\nfail: shoppers.unexpected == 0\n';
  expect(readChecks(output)).toEqual([
    { kept: true, expression: 'join_ms.p99 < 1000' },
    { kept: false, expression: 'shoppers.unexpected == 0' },
  ]);
});

test('the summary shows how far shoppers got, latencies, surprises and thresholds', () => {
  const text = toText(report, [{ kept: false, expression: 'shoppers.unexpected == 0' }]);
  expect(text).toMatch(/^ {2}joined +1,200$/m);
  expect(text).toMatch(/^ {2}sold out +1,150$/m);
  expect(text).toMatch(/^ {2}order status +4 +27.9 +301 +1,312.5 +90$/m);
  expect(text).toMatch(/^ {2}5,300 requests in 10 s, 530 a second$/m);
  expect(text).toMatch(/^ {4}3 × order: 404 product_unknown$/m);
  expect(text).toMatch(/^ {2}FAIL {2}shoppers.unexpected == 0$/m);
  expect(text).toMatch(/^ {2}bots came +12$/m);
  expect(text).toMatch(/^ {2}gateway late +95.5 MB$/m);
  expect(text).not.toMatch(/vusers|response_time|drawn/);
});

test('a run without a single answer has a summary too', () => {
  expect(toText({ aggregate: { counters: {}, summaries: {} } }, [])).toContain('no request was answered');
});
