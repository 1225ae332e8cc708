import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Breach, openBreakingProxy } from './breaking-proxy.fixture.ts';
import type { Case, FamilyName } from './case.ts';
import { FAMILIES } from './families.ts';
import { startLab } from './lab.ts';
import { selectCases } from './options.ts';
import { trySeveralAddresses } from './prepare-target.ts';
import { describe, summarise } from './report.ts';
import { type Judged, runCases } from './run.ts';
import { type Target, World } from './world.ts';

const TIMEOUT_MS = 240_000;
const REDUCED = selectCases(FAMILIES, { families: [], cases: [], reduced: true });

/** Cases with slow clients take long, so they run only once, against the real gateway. */
const QUICK = REDUCED.filter((one) => one.family !== 'slow');

const lifecycle = createLifecycle();
const { signal } = new AbortController();
let lab: Target;
let world: World;
beforeAll(async () => {
  lab = await startLab(lifecycle, () => {});
  world = new World(lab, signal);
  await trySeveralAddresses(world);
}, TIMEOUT_MS);
afterAll(() => lifecycle.close());

const run = (at: World, cases: readonly Case[] = REDUCED) =>
  runCases(cases, at, { atOnce: 6, mostMs: TIMEOUT_MS });

/** The same suite, sent to a server in front of the gateway. */
async function runThrough(origin: URL, cases: readonly Case[]): Promise<Judged[]> {
  const through = new World({ ...lab, origin }, signal, world);
  through.severalAddresses = world.severalAddresses;
  return run(through, cases);
}

const bad = (judged: readonly Judged[]) =>
  judged.filter(({ verdict }) => verdict.outcome !== 'refused' && verdict.outcome !== 'skipped');

test('the reduced suite is refused completely, without any 5xx', {
  timeout: TIMEOUT_MS,
}, async () => {
  const judged = await run(world);
  expect(bad(judged).map(describe)).toEqual([]);
  expect(summarise(judged, 0)).toMatchObject({ ok: true, cases: REDUCED.length, refused: REDUCED.length });
});

const status = (from: RegExp, to: string) => (head: string) => head.replace(from, `HTTP/1.1 ${to}`);
const asked = (what: RegExp, change: (head: string) => string) => (head: string, request: string) =>
  what.test(request) ? change(head) : head;

/** For each family, the behaviour of a gateway with one check removed, and the cases that must notice it. */
const BREACHES: Record<FamilyName, { breach: Breach; noticed: readonly string[] }> = {
  tokens: {
    breach: { answer: asked(/^POST \/v1\/orders /, status(/^HTTP\/1\.1 401/, '202')) },
    noticed: [
      ...['order-alg-none', 'order-claim-exp', 'order-garbage', 'order-nothing', 'order-own-key'],
      ...['order-padding', 'order-revoked'],
    ],
  },
  tickets: {
    breach: { answer: asked(/^GET \/v1\/rooms\/[^/]+\/tickets\/me /, status(/^HTTP\/1\.1 40[14]/, '200')) },
    noticed: ['status-nothing'],
  },
  codes: {
    breach: {
      answer: asked(/^POST \/v1\/rooms\/[^/]+-invite-\S+\/tickets /, status(/^HTTP\/1\.1 403/, '201')),
    },
    noticed: ['join-mac-zero', 'join-nothing', 'used-up', 'withdrawn'],
  },
  proxy: {
    breach: { answer: asked(/^GET \/gated\/page /, status(/^HTTP\/1\.1 403/, '200')) },
    noticed: ['path-plain'],
  },
  framing: {
    breach: { request: (head) => head.replace(/(\r\nContent-Length: \d+)\r\nContent-Length: \d+/, '$1') },
    noticed: ['cl-cl'],
  },
  orders: {
    breach: { answer: asked(/^GET \/v1\/orders\//, status(/^HTTP\/1\.1 40[134]/, '200')) },
    noticed: ['read-by-other-order'],
  },
  accounts: {
    breach: { answer: (head) => head.replace(/(Set-Cookie: __Host-account[^\r]*); Secure/gi, '$1') },
    noticed: ['cookie-flags'],
  },
  webhooks: {
    breach: { answer: asked(/^POST \/v1\/payments\/webhook /, status(/^HTTP\/1\.1 400/, '200')) },
    noticed: ['signature-other-secret'],
  },
  roles: {
    breach: { answer: asked(/^GET \/v1\/admin\/keys /, status(/^HTTP\/1\.1 40[13]/, '200')) },
    noticed: ['nobody-get-keys', 'viewer-get-keys'],
  },
  text: {
    breach: { answer: asked(/^POST \/v1\/rooms\/[^/]+-quick\/tickets /, status(/^HTTP\/1\.1 422/, '201')) },
    noticed: ['post-rooms-room-tickets-code'],
  },
  slow: { breach: { holds: true }, noticed: ['half-head'] },
  pages: {
    breach: { answer: (head) => head.replace(/\r\nContent-Security-Policy: [^\r]*/i, '') },
    noticed: ['waiting-scripts'],
  },
};

test.concurrent.each(Object.entries(BREACHES))(
  'a gateway that violates a guarantee of the family %s fails only in the cases of that guarantee',
  { timeout: TIMEOUT_MS },
  async (family, { breach, noticed }) => {
    const proxy = await openBreakingProxy(lab.origin, breach);
    try {
      const judged = await runThrough(proxy.origin, family === 'slow' ? REDUCED : QUICK);
      const failed = bad(judged);
      const unexpected = failed.filter(
        ({ case: { id } }) => !noticed.some((slug) => id === `${family}/${slug}`),
      );
      expect(unexpected.map(describe)).toEqual([]);
      const through = failed.filter(({ verdict }) => verdict.outcome === 'got_through');
      expect(through.map(({ case: { id } }) => id).sort()).toEqual(
        noticed.map((slug) => `${family}/${slug}`),
      );
      expect(summarise(judged, 0).ok).toBe(false);
    } finally {
      await proxy.close();
    }
  },
);
