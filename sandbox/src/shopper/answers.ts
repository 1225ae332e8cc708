import type { Call } from './calls.ts';

/** What an HTTP client received. */
export type Received = {
  /** 0: there was no answer. */
  status: number;
  /** Of the `Retry-After` header; 0: there was none. */
  retryAfterMs: number;
  text: string;
};

export const NO_ANSWER: Received = { status: 0, retryAfterMs: 0, text: '' };

/** An answer to a call: the document that the call promises, or why there is none. */
export type Answer<T> =
  | { ok: true; status: number; document: T }
  | { ok: false; status: number; code: string; retryAfterMs: number };

/** The answer to a request that got none. */
export const UNANSWERED = {
  ok: false,
  status: 0,
  code: '',
  retryAfterMs: 0,
} as const satisfies Answer<never>;

/** The code of a success whose document is not the one of the API's contract. */
export const NOT_AS_DOCUMENTED = 'not_as_documented';

/** Reads an answer, and checks its document against the contract. Never throws. */
export function readAnswer<T>(
  { document }: Pick<Call<T>, 'document'>,
  { status, retryAfterMs, text }: Received,
): Answer<T> {
  const refused = (code: string): Answer<T> => ({ ok: false, status, code, retryAfterMs });
  if (status < 200 || status >= 300) return refused(codeOf(text));
  const read = document.safeParse(jsonOf(text));
  return read.success ? { ok: true, status, document: read.data } : refused(NOT_AS_DOCUMENTED);
}

/** Status and error code, for a report. */
export const describe = (answer: Answer<unknown>): string =>
  answer.ok ? String(answer.status) : `${answer.status} ${answer.code}`.trim();

/** The parsed JSON; undefined if it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The `code` of a problem document (RFC 9457); empty for anything else. */
export function codeOf(text: string): string {
  const json = jsonOf(text);
  return typeof json === 'object' && json !== null && 'code' in json ? String(json.code) : '';
}
