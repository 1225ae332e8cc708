import type { Answer } from '../api/ask.ts';

export type Failure = Exclude<Answer<never>, { kind: 'ok' }>;

/** A failed answer as an error, because TanStack Query expects one. */
export class Refused extends Error {
  override name = 'Refused';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind === 'refused' ? failure.refusal.code : failure.kind);
    this.failure = failure;
  }
}

/** @throws Refused */
export async function answered<T>(answer: Promise<Answer<T>>): Promise<T> {
  const given = await answer;
  if (given.kind !== 'ok') throw new Refused(given);
  return given.body;
}

/** Errors that a retry cannot fix. */
export function isFinal(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.refusal.status < 500 && failure.refusal.status !== 429;
}

export const failureOf = (error: unknown): Failure =>
  error instanceof Refused ? error.failure : { kind: 'unreachable' };
