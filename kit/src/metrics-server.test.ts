import { afterEach, expect, test } from 'vitest';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { metricsPort, serveMetrics } from './metrics-server.ts';

let lifecycle: Lifecycle;
afterEach(() => lifecycle?.close());

const serve = (metrics: () => Promise<string>) => {
  lifecycle = createLifecycle();
  const source = { metrics, contentType: 'text/plain; version=0.0.4' };
  return serveMetrics(source, { host: '127.0.0.1', port: 0, lifecycle });
};

test('metrics have their own address, and nothing else is served there', async () => {
  const url = await serve(async () => 'seen_total 3\n');
  const answer = await fetch(`${url}?x=1`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  expect(await answer.text()).toBe('seen_total 3\n');
  for (const path of ['/', '/metricsx', '/healthz', '/v1/admin/rooms']) {
    const other = await fetch(new URL(path, url));
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([404, 'not_found']);
  }
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
});

test('a failure to collect metrics is an error without internals', async () => {
  const answer = await fetch(await serve(() => Promise.reject(new Error('hunter2'))));
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('hunter2');
});

test('the port is the configured one, or the default, or a random one for a service on a random port', () => {
  expect(metricsPort({ PORT: 3000, METRICS_PORT: 9000 }, 9464)).toBe(9000);
  expect(metricsPort({ PORT: 3000 }, 9464)).toBe(9464);
  expect(metricsPort({ PORT: 0 }, 9464)).toBe(0);
  expect(metricsPort({ PORT: 3000, REUSE_PORT: true }, 9464)).toBe(0);
  expect(metricsPort({ PORT: 3000, METRICS_PORT: 0 }, 9464)).toBe(0);
});
