import type { ServerClock } from './server-clock.ts';

/** A refusal of the API, from its problem+json. `code` is `unknown` when something in between answered. */
export type Refusal = {
  status: number;
  code: string;
  title: string;
  detail: string | null;
  /** The names of the wrong fields of the request. */
  fields?: string[];
  /** The same with the server's explanations. */
  errors?: { field: string; message: string }[];
  retryAfterMs: number | null;
};

export type Answer<T> =
  | { kind: 'ok'; status: number; body: T; retryAfterMs: number | null }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unreachable' };

export type Question = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
};

const TIMEOUT_MS = 15_000;

/**
 * One call of the API on the page's own origin, with cookies. Never throws: no network, no answer in 15 s and an answer
 * that is not JSON (a captive portal) all become `unreachable`.
 */
export async function ask<T>(clock: ServerClock, path: string, question: Question = {}): Promise<Answer<T>> {
  const { method = 'GET', headers = {}, body } = question;
  const sentAt = Date.now();
  try {
    const response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { headers: answered, status } = response;
    // A cached answer carries an old time.
    const fresh = !answered.has('age') && !/public/.test(answered.get('cache-control') ?? '');
    if (fresh) clock.observe(answered.get('date'), sentAt, Date.now());
    const retryAfterMs = retryAfter(answered.get('retry-after'), clock.now());
    if (!response.ok) return { kind: 'refused', refusal: await readRefusal(response, retryAfterMs) };
    const content = status === 204 ? undefined : await response.json();
    // Our own API keeps the contract that the caller names.
    return { kind: 'ok', status, body: content as T, retryAfterMs };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Reads a refusal from its problem+json. */
export async function readRefusal(response: Response, retryAfterMs: number | null): Promise<Refusal> {
  const document: Record<string, unknown> = await response.json().catch(() => ({}));
  const text = (name: string) => (typeof document[name] === 'string' ? document[name] : null);
  return {
    status: response.status,
    code: text('code') ?? 'unknown',
    title: text('title') ?? '',
    detail: text('detail'),
    ...(Array.isArray(document.errors)
      ? { fields: document.errors.map(fieldOf), errors: document.errors }
      : {}),
    retryAfterMs,
  };
}

// Not an object of ours: only its field is read, if there is one.
const fieldOf = (error: unknown): string => String((error as { field?: unknown } | null)?.field);

/** `Retry-After` in ms, from seconds or from an HTTP date; null when absent or unreadable. */
export function retryAfter(header: string | null, now: number): number | null {
  if (!header) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
