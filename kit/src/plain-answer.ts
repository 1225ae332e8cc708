import { type Problem, problemDocument } from './errors.ts';
import { type Reader, titleFor } from './i18n/problem-titles.ts';

/** An answer as plain data, so that no Response and no Headers object is created. */
export type PlainAnswer = { status: number; body: string | null; headers: Record<string, string> };

const NO_READER: Reader = { acceptLanguage: undefined, cookie: undefined };

/**
 * A problem as RFC 9457 `application/problem+json`, with `Retry-After` if it has one. Its title is in the reader's
 * language.
 */
export function problemAnswer(
  problem: Problem,
  requestId: string,
  reader: Reader = NO_READER,
): PlainAnswer & { body: string } {
  const { title, language } = titleFor(problem.code, reader);
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Content-Language': language,
  };
  const retryAfter = problem.retryAfterSeconds ?? ([429, 503].includes(problem.status) ? 2 : undefined);
  if (retryAfter !== undefined) headers['Retry-After'] = String(Math.ceil(retryAfter));
  return {
    status: problem.status,
    body: JSON.stringify({ ...problemDocument(problem, requestId), title }),
    headers,
  };
}
