import { createServer, type ServerResponse } from 'node:http';
import { Problem } from './errors.ts';
import type { Lifecycle } from './lifecycle.ts';
import { problemAnswer } from './plain-answer.ts';
import { portOf } from './port-of.ts';
import { randomId } from './random-id.ts';

/** The part of prom-client's registry that is needed here. */
export type MetricsSource = { metrics(): Promise<string>; contentType: string };

type PortSettings = { PORT: number; REUSE_PORT?: boolean; METRICS_PORT?: number | undefined };

/**
 * @param usual the service's default. A service on a random port (`PORT=0`), or one of several that share a port
 *    (`REUSE_PORT`), uses a random port for its metrics as well by default
 */
export const metricsPort = (
  { PORT, REUSE_PORT = false, METRICS_PORT }: PortSettings,
  usual: number,
): number => METRICS_PORT ?? (PORT === 0 || REUSE_PORT ? 0 : usual);

/**
 * Answers only `/metrics`, with Prometheus text, on its own address. Metrics are for operators; the public port is open
 * to everybody.
 * @returns the address, with the port in use
 */
export async function serveMetrics(
  source: MetricsSource,
  { host, port, lifecycle }: { host: string; port: number; lifecycle: Lifecycle },
): Promise<string> {
  const server = createServer(async ({ method = '', url = '' }, outgoing) => {
    if (url.split('?')[0] !== '/metrics') return refuse(outgoing, new Problem('not_found'));
    if (method !== 'GET' && method !== 'HEAD') return refuse(outgoing, new Problem('method_not_allowed'));
    try {
      const text = await source.metrics();
      outgoing.writeHead(200, { 'Content-Type': source.contentType, 'Cache-Control': 'no-store' });
      outgoing.end(method === 'HEAD' ? undefined : text);
    } catch (cause) {
      refuse(outgoing, new Problem('internal', { cause }));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  lifecycle.onClose('metrics', () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  });
  return `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}/metrics`;
}

function refuse(outgoing: ServerResponse, problem: Problem): void {
  const id = randomId();
  const { status, headers, body } = problemAnswer(problem, id);
  outgoing.writeHead(status, { ...headers, 'X-Request-Id': id }).end(body);
}
