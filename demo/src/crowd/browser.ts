import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { Latency } from './latency.ts';

export type Answer = { status: number; body: Record<string, unknown> };
export type RequestKind = 'join' | 'poll' | 'claim' | 'order' | 'order_status' | 'other';
type RequestOptions = {
  method?: 'GET' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
  kind?: RequestKind;
};

const MOST_ATTEMPTS = 10;

/** The network of the whole crowd: sends HTTP to the gateway, and counts and times every request. */
export class Network {
  readonly #agent: Agent;
  readonly #origin: string;
  readonly latency: Record<RequestKind, Latency> = {
    join: new Latency(),
    poll: new Latency(),
    claim: new Latency(),
    order: new Latency(),
    order_status: new Latency(),
    other: new Latency(),
  };
  requests = 0;
  /** Requests without an answer, or with a server error (5xx). */
  readonly failures: string[] = [];

  constructor(origin: string) {
    this.#origin = origin;
    this.#agent = new Agent({ connections: 256, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });
  }

  /** How many times a request was repeated after a 503 with `Retry-After`. */
  askedToWait = 0;

  /**
   * Sends a request, and repeats it after `Retry-After`. Never throws: a request without an answer counts as a failure
   * and has the status 0.
   */
  async send(path: string, options: RequestOptions = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#sendOnce(path, options);
      if (answer.status !== 503 || answer.retryAfterMs === null) return answer;
      if (attempt === MOST_ATTEMPTS) {
        this.failures.push(`${path}: got Retry-After ${attempt} times`);
        return answer;
      }
      this.askedToWait += 1;
      await wait(answer.retryAfterMs);
    }
  }

  async #sendOnce(path: string, options: RequestOptions): Promise<Answer & { retryAfterMs: number | null }> {
    const { method = 'GET', headers = {}, body, kind = 'other' } = options;
    this.requests += 1;
    const started = performance.now();
    try {
      const answer = await request(this.#origin + path, {
        dispatcher: this.#agent,
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      this.latency[kind].add(performance.now() - started);
      const retryAfter = Number(answer.headers['retry-after'] ?? Number.NaN);
      const retryAfterMs = Number.isNaN(retryAfter) ? null : retryAfter * 1_000;
      if (answer.statusCode >= 500 && !(answer.statusCode === 503 && retryAfterMs !== null))
        this.failures.push(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
      return { status: answer.statusCode, body: text === '' ? {} : JSON.parse(text), retryAfterMs };
    } catch (error) {
      this.failures.push(`${method} ${path}: ${(error as Error).message}`);
      return { status: 0, body: {}, retryAfterMs: null };
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
