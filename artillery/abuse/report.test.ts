import { expect, test } from 'vitest';
import { type FamilyName, family, refuse } from './case.ts';
import type { Outcome } from './judge.ts';
import { describe, familyTable, redact, summarise } from './report.ts';
import type { Judged } from './run.ts';

const judged = (outcome: Outcome, sent = 'GET /', text = '', name: FamilyName = 'tokens'): Judged => {
  const [one] = family(name, '', [
    {
      id: 'a',
      title: 'a title',
      source: 'S1',
      refusal: refuse(401),
      attack: () => Promise.reject(new Error()),
    },
  ]).cases;
  if (!one) throw new Error('there is no case');
  const answers = [{ status: 200, headers: { 'set-cookie': '__Host-res_a=abc; Secure' }, text, ms: 1, sent }];
  return { case: one, verdict: { outcome, why: 'a reason', answers }, ms: 1 };
};

test.each([
  [['refused', 'skipped'], true],
  [['refused', 'got_through'], false],
  [['refused', 'error_5xx'], false],
  [['refused', 'not_judged'], false],
  [['skipped'], false],
] as const)('%s: ok is %s', (outcomes, ok) => {
  const all = outcomes.map((outcome) => judged(outcome));
  expect(summarise(all, 1).ok).toBe(ok);
  expect(summarise(all, 1).cases).toBe(outcomes.length);
});

test('a case that was not refused is shown with request, answer, expectation and reason', () => {
  const shown = describe(judged('got_through', 'GET /v1/me\nx-a: b', '{"code":"x"}'));
  for (const part of ['tokens/a', 'a title', 'S1', '401', 'a reason', 'GET /v1/me', 'x-a: b', '{"code":"x"}'])
    expect(shown).toContain(part);
});

test.each([
  'authorization: Bearer tkt_abc.def',
  'authorization: Basic YWRtaW46c2VjcmV0',
  'cookie: session=secret-value',
  'x-binding: secret-value',
  'stripe-signature: t=1,v1=secret-value',
])('a report contains no secret: %s', (header) => {
  const shown = describe(
    judged('got_through', `GET /\n${header}`, '{"key":"adm_secret","binding":"secret-value"}'),
  );
  expect(shown).not.toMatch(/secret-value|YWRtaW46c2VjcmV0|abc\.def|adm_secret|__Host-res_a=abc/);
  expect(shown).toContain('[redacted]');
});

test('a secret in an address is hidden, too', () => {
  expect(redact('GET /v1/orders?access_token=secret-value&a=1')).toBe(
    'GET /v1/orders?access_token=[redacted]&a=1',
  );
});

test('each family has its row', () => {
  const table = familyTable([judged('refused'), judged('got_through'), judged('skipped', '', '', 'pages')]);
  expect(table).toMatch(/^tokens +2 +1 +1 +0 +0 +0$/m);
  expect(table).toMatch(/^pages +1 +0 +0 +0 +0 +1$/m);
});
