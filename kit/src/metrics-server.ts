import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { port } from './env.ts';
import { Problem } from './errors.ts';
import type { Lifecycle } from './lifecycle.ts';
import { problemAnswer } from './plain-answer.ts';
import { randomId } from './random-id.ts';

/** What prom-client's registry is, as far as it is needed here. */
export type MetricsSource = { metrics(): Promise<string>; contentType: string };

/** The variables of every service; `metricsPort` says what the port is when nothing is said. */
export const metricsVariables = {
  /** Where `/metrics` answers, apart from everything that shoppers reach. */
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port.optional(),
};

/** @param usual of the service; one that takes any free port for itself (`PORT=0`) takes any free one for its metrics, too */
export const metricsPort = (
  env: { PORT: number; METRICS_PORT?: number | undefined },
  usual: number,
): number => env.METRICS_PORT ?? (env.PORT === 0 ? 0 : usual);

/**
 * Answers `/metrics` with Prometheus text on an address of its own, and nothing else: figures are for operators, and the public
 * port is for everybody.
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
  const { port: taken } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`;
}

function refuse(outgoing: ServerResponse, problem: Problem): void {
  const id = randomId();
  const { status, headers, body } = problemAnswer(problem, id);
  outgoing.writeHead(status, { ...headers, 'X-Request-Id': id }).end(body);
}
