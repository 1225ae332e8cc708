import { NO_ANSWER } from '@shopfast/sandbox/shopper/answers';
import type { CallKind } from '@shopfast/sandbox/shopper/calls';
import { patient, retryAfter, type Transport } from '@shopfast/sandbox/shopper/transport';
import { Agent, request } from 'undici';
import { Latency } from './latency.ts';

/** The network of the whole crowd: sends HTTP to the gateway, and counts and times every request. */
export class Network {
  readonly #agent: Agent;
  readonly #origin: string;
  readonly #latency = new Map<CallKind, Latency>();
  requests = 0;
  /** How many times a request was repeated after a 503 with `Retry-After`. */
  askedToWait = 0;
  /** Requests without an answer, or with a server error (5xx) that is no request to wait. */
  readonly failures: string[] = [];

  constructor(origin: string) {
    this.#origin = origin;
    this.#agent = new Agent({ connections: 256, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });
  }

  latencyOf(kind: CallKind): Latency {
    const latency = this.#latency.get(kind) ?? new Latency();
    this.#latency.set(kind, latency);
    return latency;
  }

  readonly send: Transport = async (call) => {
    const received = await this.#sendPatiently(call);
    if (received.status >= 500)
      this.failures.push(`${call.method} ${call.path}: ${received.status} ${received.text.slice(0, 200)}`);
    return received;
  };

  readonly #sendPatiently = patient(
    (call) => this.#sendOnce(call),
    () => {
      this.askedToWait += 1;
    },
  );

  readonly #sendOnce: Transport = async ({ kind, method, path, headers, body }) => {
    this.requests += 1;
    const started = performance.now();
    try {
      const answer = await request(this.#origin + path, {
        dispatcher: this.#agent,
        method,
        headers: body ? { 'content-type': 'application/json', ...headers } : headers,
        body: body ? JSON.stringify(body) : null,
      });
      const text = await answer.body.text();
      this.latencyOf(kind).add(performance.now() - started);
      const retryAfterMs = retryAfter(answer.headers['retry-after']?.toString());
      return { status: answer.statusCode, retryAfterMs, text };
    } catch (error) {
      this.failures.push(`${method} ${path}: ${String(error)}`);
      return NO_ANSWER;
    }
  };

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
