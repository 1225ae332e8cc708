import { expect, test } from 'vitest';
import { noteOf } from './mail.ts';

const refusedWith = (code: string) => ({
  kind: 'refused' as const,
  refusal: { status: 409, code, title: '', detail: null, retryAfterMs: null },
});
const ok = <T>(body: T) => ({ kind: 'ok' as const, status: 200, body, retryAfterMs: null });

test.each([
  [ok({ state: 'set' as const, minutes: 10 }), 'mail.set'],
  [ok({ state: 'sent' as const, minutes: 10 }), 'mail.sent'],
  [ok(undefined), 'mail.removed'],
  [refusedWith('invalid_request'), 'mail.wrong'],
  [refusedWith('reminder_refused'), 'mail.refused'],
  [refusedWith('not_waiting'), 'mail.late'],
  [refusedWith('overloaded'), 'mail.failed'],
  [{ kind: 'unreachable' as const }, 'mail.failed'],
])('%#: an answer becomes a note for the waiter', (answer, note) => {
  expect(noteOf(answer)).toBe(note);
});
