import { type Problem, problemDocument } from './errors.ts';

/** An answer as plain data: no Response and no Headers object is ever made for it. */
export type PlainAnswer = { status: number; body: string | null; headers: Record<string, string> };

/** A problem as RFC 9457 `application/problem+json`, with `Retry-After` where it has one. */
export function problemAnswer(problem: Problem, requestId: string): PlainAnswer & { body: string } {
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  };
  const retryAfter = problem.retryAfterSeconds ?? ([429, 503].includes(problem.status) ? 2 : undefined);
  if (retryAfter !== undefined) headers['Retry-After'] = String(Math.ceil(retryAfter));
  return { status: problem.status, body: JSON.stringify(problemDocument(problem, requestId)), headers };
}
