import { runs } from '@shopfast/kit/testing/runs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTarget } from './path.ts';
import { readingsOf } from './readings.ts';
import { compileRules, type Rule } from './rules.ts';

const rule = (path: string, room: string | null = null): Rule => ({
  ...{ path, methods: null, upstream: 'shop', room },
});
const match = compileRules([rule('/help/*'), rule('/shop/*', 'drop'), rule('/*')]);

/** Whether a request line leads to the open shop, though some server may take it for `/shop`. */
function verdict(target: string): 'open' | 'protected' | 'refused' {
  const read = readTarget(target);
  if (!read?.readings) return 'refused';
  if (match('GET', read.path)?.room === 'drop') return 'protected';
  return [...read.readings].some((reading) => match('GET', reading)?.room === 'drop') ? 'refused' : 'open';
}

describe('a path that some server takes for a protected one', () => {
  test.each([
    ...['/%2573hop/x', '/%252573hop/x', '/%25252573hop/x', '/%25%37%33hop', '/%%373hop', '/%u0073hop/x'],
    ...[
      '/shop./x',
      '/shop%2e/x',
      '/shop%20/x',
      '/shop..%20./x',
      '/shop+/x',
      '/shop::$DATA',
      '/shop%3a%3a$data/x',
    ],
    ...['/help/../shop', '/help/%2e%2e/shop', '/help/.%2E/shop', '/help/%252e%252e/shop', '/help/..%20/shop'],
    ...['/help/..;/shop', '/help/..;x=1/shop', '/help/%2e%2e%3b/shop', '/help/..%253b/shop', '/x/..//shop'],
    ...['/help%2f..%2fshop', '/help/..%2fshop', '/help/..%252fshop', '/help%5C..%5Cshop', '/help\\..\\shop'],
    ...['/\\shop', '/.\\shop', '/%5cshop/x', '/%255cshop/x', '//evil.example/shop', '/\\evil.example/shop'],
    ...['///evil.example/shop/x', '//evil.example%2fshop', '/./shop', '/%2e/shop', '/help/%2e%2e%2fshop'],
    ...[
      '/%ef%bc%8fshop',
      '/help/..%ef%bc%8fshop',
      '/%ef%bd%93hop/x',
      '/%ef%bc%b3HOP',
      '/help/%ef%bc%8e%ef%bc%8e/shop',
    ],
    ...['/help/%e2%80%a5/shop', '/s%cc%87hop', '/%c5%9dhop', '/%c5%bfhop', '/sho%e2%80%8bp', '/sh%c2%adop'],
    ...[
      '/(S(abc))/shop/x',
      '/(A(abc)F(x))/shop',
      '/shop%3fx/y',
      '/shop%23/x',
      '/shop#/x',
      '/s%f0%9d%90%a1op',
    ],
    ...[
      '/help%00/../shop',
      '/shop%00',
      '/shop%00.jpg',
      '/shop%09',
      '/sh%0aop',
      '/shop%7f',
      '/shop%2500',
      '/%01/x',
    ],
    ...[
      '/shop%c0%af',
      '/%c0%afshop',
      '/help/%c0%ae%c0%ae/shop',
      '/%e0%80%afshop',
      '/%f0%80%80%afshop',
      '/%25c0%25af',
    ],
    ...['/help/../../shop', '/..%2fshop', '/../x', '/x/..%252f..%252fy'],
    ...['/\u00ef\u00bc\u008fshop', '/\u00c0\u00afshop', `/%${'25'.repeat(300)}73hop`],
  ])('%s does not go to the open rule', (target) => {
    expect(verdict(target)).not.toBe('open');
  });
});

test.each([
  ...[
    '/files/AC%2FDC',
    '/files/AC%252FDC',
    '/a/../b',
    '/a/./b',
    '/a//b/',
    '/a;b=c/d',
    '/a.b/..c/...',
    '/.well-known/x',
  ],
  ...[
    '/%C3%A9t%C3%A9',
    '/caf%e9',
    '/%E6%97%A5%E6%9C%AC',
    '/%D8%A7%D9%84',
    '/100%',
    '/50%25-off',
    '/c++',
    '/a%20b',
  ],
  ...[
    '/help/shop',
    '/shopping',
    '/eshop',
    '/x/shop',
    '/%73hopping',
    '/AC%5cDC',
    '/a|b',
    '/~user/~1',
    '/a:b@c',
    "/o'neill",
  ],
  ...[
    '/',
    '/a%3Fb',
    '/(group)/page',
    '/tag/%23sale',
    '/emoji/%F0%9F%98%80',
    `/${'%D8%A7'.repeat(300)}`,
    `/${'%25'.repeat(99)}`,
  ],
])('%s does not lead to a protected path, and passes', (target) => {
  expect(verdict(target)).toBe('open');
});

test('an unambiguous path has one reading', () => {
  for (const path of ['/', '/a', '/a/b-c/d_e.html', '/A/b/']) expect(readingsOf(path)?.size).toBe(1);
});

/** Ways to disguise a path, each undone by some server. */
const DISGUISES: ((path: string) => string)[] = [
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z](?=[^a-z]*$)/, (letter) => `%u00${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replaceAll('%', '%25'),
  (path) => path.replaceAll('.', '%2e'),
  (path) => path.replaceAll('/', '//'),
  (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
  (path) => `/${path.slice(1).replaceAll('/', '\\')}`,
  (path) => `/${path.slice(1).replaceAll('\\', '%5c')}`,
  (path) => `/${path.slice(1).replaceAll('/', '%ef%bc%8f')}`,
  (path) => path.replace(/^\//, '/help/../'),
  (path) => path.replace(/^\//, '/help/x/..;a/../'),
  (path) => path.replace(/^\//, '/./'),
  (path) => path.replace(/^\//, '//elsewhere/'),
  (path) => path.replace(/[a-z]$/i, '$&.'),
  (path) => `${path}%20`,
  (path) => `${path};a=b`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/s/i, '%ef%bd%93'),
  (path) => path.replace(/o/i, 'o%cc%88'),
  (path) => path.replace(/h/i, 'h%e2%80%8b'),
];

test('no sequence of disguises brings a protected path to the open rule', () => {
  const tails = fc.constantFrom('', '/', '/pay', '/a/b.html');
  const rows = fc.array(fc.constantFrom(...DISGUISES), { maxLength: 5 });
  fc.assert(
    fc.property(tails, rows, (tail, disguises) => {
      const path = disguises.reduce((disguised, disguise) => disguise(disguised), `/shop${tail}`);
      expect(verdict(path), path).not.toBe('open');
    }),
    { numRuns: runs(600) },
  );
});

test('no sequence of disguises blocks an open path without other readings', () => {
  const harmless = DISGUISES.slice(0, 2).concat((path: string) => path.replaceAll('o', '%6f'));
  const segment = fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/).filter((text) => text !== 'shop');
  const paths = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
  fc.assert(
    fc.property(paths, fc.subarray(harmless), (path, disguises) => {
      expect(verdict(disguises.reduce((text, disguise) => disguise(text), path))).toBe('open');
    }),
  );
});

test('the work for a hostile path is bounded', () => {
  const before = performance.now();
  for (const part of [
    '%25',
    '%2f',
    ';a/',
    '../',
    '%252e%252e/',
    '\\',
    '%u0041',
    'ﬃ',
    '%ef%bc%8f',
    '//',
    './',
  ])
    readTarget(`/${part.repeat(16_000 / part.length)}`);
  // Eleven paths of 16 kB with at most 64,000 characters each: this takes far less, even on a busy machine.
  expect(performance.now() - before).toBeLessThan(10_000);
});
