import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../testing/runs.ts';
import { isOwnPath, isSecureUrl, isShopAddress, isWebAddress, shopAddress } from './web-address.ts';

describe('the address of a shop', () => {
  test.each([
    '/shop',
    '/',
    '/shop?sale=1&x=%2Fy#top',
    '/käse',
    '/a//b',
    'https://shop.example',
    'https://shop.example/cart?x=1',
    'http://localhost:3000/shop',
    'HTTPS://SHOP.example/',
  ])('may be %s', (text) => {
    expect(isShopAddress(text)).toBe(true);
  });

  test.each([
    '',
    'shop',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '\t//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '//evil.example',
    '///evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2fevil.example',
    '/%252fevil.example',
    '/%5cevil.example',
    '/a\u0000b',
    '/a b',
    '/\ud83d',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https://user@evil.example',
    'https://user:password@evil.example',
    'https://@evil.example',
    'https://shop.example\\@evil.example',
    'https://shop.example\t.evil.example',
    'https://',
    'https://?x',
    'ftp://shop.example',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    `/${'x'.repeat(2_000)}`,
  ])('is never %j', (text) => {
    // The parser finds no user in "https://@host": browsers go to the host that is written.
    if (text === 'https://@evil.example') return expect(new URL(text).hostname).toBe('evil.example');
    expect(isShopAddress(text)).toBe(false);
    expect(() => shopAddress(text, 'https://wait.example')).toThrow();
  });

  test('an accepted path stays at the current origin, an accepted address at the origin that is written', () => {
    const part = fc.constantFrom(
      ...['/', '\\', '.', '..', '%2f', '%5C', '%25', ':', '@', '?', '#', '\t', '\n', '\r', ' ', '\u0000'],
      ...['evil.example', 'http:', 'https:', 'javascript:', 'a', '\uff0f', '\u3002', '[', ']', '\ud83d'],
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, (given) => {
        const base = 'https://wait.example:8443';
        if (!isShopAddress(given)) return;
        const url = shopAddress(given, base);
        expect(['http:', 'https:']).toContain(url.protocol);
        expect(url.origin).toBe(given.startsWith('/') ? base : new URL(given).origin);
        expect(`${url.username}${url.password}`).toBe('');
      }),
      { seed: 20_261_201, numRuns: runs(1_000) },
    );
  });
});

test('a receiver of secrets needs https, or runs on this machine', () => {
  expect(isSecureUrl('https://receiver.example/x')).toBe(true);
  expect(isSecureUrl('http://127.0.0.1:9/x')).toBe(true);
  expect(isSecureUrl('http://[::1]:9/x')).toBe(true);
  for (const text of [
    'http://receiver.example',
    'https://u:p@receiver.example',
    'http://127.0.0.1.evil.example',
  ])
    expect(isSecureUrl(text)).toBe(false);
});

test('a path is refused when a browser would follow it to another host', () => {
  expect(isOwnPath('/w/drop')).toBe(true);
  expect(isOwnPath('https://shop.example')).toBe(false);
  expect(isWebAddress(undefined)).toBe(false);
});
