import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { refuse } from './case.ts';
import { judge } from './judge.ts';

const answer = (status: number, code?: string, headers: Record<string, string> = {}): Answer => ({
  ...{ status, headers, ms: 1, sent: 'GET /' },
  text: code ? JSON.stringify({ code }) : '',
});

test.each([
  ['the right status and code', answer(401, 'token_invalid'), 'refused'],
  ['another code', answer(401, 'token_expired'), 'got_through'],
  ['no code', answer(401), 'got_through'],
  ['another status', answer(403, 'token_invalid'), 'got_through'],
  ['success', answer(202), 'got_through'],
  ['no answer', answer(0), 'got_through'],
  ['a defect', answer(500, 'internal'), 'error_5xx'],
  ['a gateway error', answer(502), 'error_5xx'],
  ['busy, which the case does not allow', answer(503, 'overloaded', { 'retry-after': '1' }), 'error_5xx'],
])('%s', (_, given, outcome) => {
  expect(judge([given], refuse(401, 'token_invalid')).outcome).toBe(outcome);
});

test('503 is right only if the case allows it, and with Retry-After', () => {
  const refusal = refuse([403, 503]);
  expect(judge([answer(503, 'unavailable', { 'retry-after': '2' })], refusal).outcome).toBe('refused');
  expect(judge([answer(503, 'unavailable')], refusal).outcome).toBe('error_5xx');
});

test('a defect in any of the answers counts, not only in the last', () => {
  expect(judge([answer(500), answer(401, 'token_invalid')], refuse(401, 'token_invalid')).outcome).toBe(
    'error_5xx',
  );
});

test.each([
  ['a stack trace', 'Error: x\n    at verify (file:///srv/app/verify.ts:3:1)'],
  ['a database error', 'PostgresError: relation does not exist'],
  ['an address of a store', 'connect ECONNREFUSED 127.0.0.1:6379'],
])('a refusal must not reveal internals: %s', (_, text) => {
  expect(judge([{ ...answer(404), text }], refuse(404)).outcome).toBe('got_through');
});

test('429 without Retry-After is no refusal', () => {
  expect(judge([answer(429, 'rate_limited')], refuse(429)).outcome).toBe('got_through');
  expect(judge([answer(429, 'rate_limited', { 'retry-after': '9' })], refuse(429)).outcome).toBe('refused');
});

test('the case checks all answers together', () => {
  const one = refuse(202, undefined, {
    together: (answers) =>
      answers.filter(({ status }) => status === 202).length === 1 ? undefined : 'twice',
  });
  expect(judge([answer(202), answer(409)], one).outcome).toBe('refused');
  expect(judge([answer(202), answer(202)], one)).toMatchObject({ outcome: 'got_through', why: 'twice' });
});
