import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTarget } from './path.ts';
import { compilePath, compileRules, isReserved, type Rule } from './rules.ts';

const rule = (path: string, more: Partial<Rule> = {}): Rule => ({
  path,
  methods: null,
  upstream: 'shop',
  room: null,
  ...more,
});
const pathOf = (target: string) => readTarget(target)?.path ?? '';

describe("a rule's path", () => {
  test.each([
    ['/cart', '/cart', true],
    ['/cart', '/cart/', true],
    ['/cart', '/cart/1', false],
    ['/cart', '/carts', false],
    ['/cart/*', '/cart', true],
    ['/cart/*', '/cart/1/2', true],
    ['/cart/*', '/cartoon', false],
    ['/products/*/buy', '/products/7/buy', true],
    ['/products/*/buy', '/products/7/8/buy', false],
    ['/products/*/buy/*', '/products/7/buy/now', true],
    ['/item-*', '/item-7', true],
    ['/item-*', '/item-7/x', false],
    ['/*', '/', true],
    ['/*', '/anything/at/all', true],
    ['/', '/', true],
    ['/', '/x', false],
    ['/a.b', '/aXb', false],
    ['/Cart', '/cart', true],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(compilePath(pattern)(pathOf(path))).toBe(fits);
  });
});

describe('rules', () => {
  const match = compileRules([
    rule('/checkout/help', { upstream: 'help' }),
    rule('/checkout/*', { room: 'drop', methods: ['GET', 'POST'] }),
    rule('/*'),
  ]);

  test('the first match wins', () => {
    expect(match('GET', '/checkout/help')?.upstream).toBe('help');
    expect(match('GET', '/checkout/pay')?.room).toBe('drop');
    expect(match('DELETE', '/checkout/pay')?.room).toBeNull();
    expect(match('GET', '/other')?.path).toBe('/*');
  });

  test('a rule for GET also matches HEAD', () => {
    expect(match('HEAD', '/checkout/pay')?.room).toBe('drop');
  });

  test.each(['/v1/rooms/drop/tickets', '/w/drop', '/v1/admin/keys', '/healthz'])(
    'no rule takes %s from the gateway',
    (path) => {
      expect(match('GET', path)).toBeNull();
      expect(isReserved(path)).toBe(true);
    },
  );
});

describe('a protected path', () => {
  const match = compileRules([rule('/checkout/*', { room: 'drop' }), rule('/*')]);

  test.each([
    '/checkout/pay',
    '/CHECKOUT/pay',
    '/%63heckout/pay',
    '/%43HECKOUT/pay',
    '//checkout/pay',
    '/checkout//pay',
    '/checkout/',
    '/checkout;v=1/pay',
    '/checkout/pay;jsessionid=7?x=1',
    '/checkout%3Bv=1/pay',
    'http://anywhere.example/checkout/pay',
    'HTTP://anywhere.example//checkout',
    '/checkout?/../open',
  ])('is recognised as %s', (target) => {
    expect(match('GET', pathOf(target))?.room).toBe('drop');
  });

  test('is recognised with any encoding of its letters', () => {
    const spelled = [...'checkout'].map((letter) =>
      fc.constantFrom(letter, letter.toUpperCase(), `%${letter.charCodeAt(0).toString(16)}`),
    );
    const slashes = fc.constantFrom('/', '//', '///');
    const tail = fc.constantFrom('', '/', '/pay', ';a=b', ';a/pay', '/%70ay');
    fc.assert(
      fc.property(slashes, fc.tuple(...spelled), tail, (before, letters, after) => {
        expect(match('GET', pathOf(before + letters.join('') + after))?.room).toBe('drop');
      }),
    );
  });

  test('the path is forwarded unchanged', () => {
    for (const raw of ['/', '/a.b/..c/...', '/%C3%A9t%C3%A9?x=%2F..%2F', '/a;b=c', '/a//b/'])
      expect(readTarget(raw)).toMatchObject({ raw });
    expect(readTarget('http://shop.example?x=1')?.raw).toBe('/?x=1');
    expect(readTarget('*')).toBeNull();
  });
});
