import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../testing/runs.ts';
import { ownPath } from './return-address.ts';

const PAGE = 'https://wait.example/w/drop';

describe('a return address', () => {
  test.each([
    ['/', '/'],
    ['/checkout', '/checkout'],
    ['/checkout?item=3&next=%2Fcart', '/checkout?item=3&next=%2Fcart'],
    ['/a/../checkout', '/checkout'],
    ['/checkout#top', '/checkout'],
    ['/search?q=https://shop.example//x', '/search?q=https://shop.example//x'],
    ['/where', '/where'],
  ])('%s is an own path', (given, path) => {
    expect(ownPath(given)).toBe(path);
  });

  test.each([
    '',
    'checkout',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/checkout\\..\\evil',
    '/%2Fevil.example',
    '/%2fevil.example',
    '/%5Cevil.example',
    '/%252Fevil.example',
    '/%25252fevil.example',
    '%2F%2Fevil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/./%2fevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '\u0000/checkout',
    '/\uff0fevil.example',
    'https://evil.example/',
    'https:evil.example',
    'http:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '@evil.example',
    '/w/drop',
    '/w/drop?return=/w/drop',
    '/W/drop',
    '/x/../w/drop',
    `/${'a'.repeat(2_000)}`,
  ])('%j is refused', (given) => {
    expect(ownPath(given)).toBeNull();
  });

  test('an empty value is not an address', () => {
    expect(ownPath(null)).toBeNull();
    expect(ownPath(undefined)).toBeNull();
  });

  const nasty = fc.string({
    unit: fc.constantFrom(
      ...['/', '\\', '.', '..', '%2f', '%5C', '%25', '%2e', ':', '@', '?', '#', ';', '\t', '\n', ' '],
      ...['evil.example', 'http:', 'w', 'a', '\u0000', '\uff0f', '[', ']'],
    ),
    maxLength: 8,
  });

  test('for any input, an accepted address stays on the origin and does not lead back into the room', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nasty,
          fc.string(),
          nasty.map((rest) => `/${rest}`),
        ),
        (given) => {
          const path = ownPath(given);
          if (path === null) return;
          const url = new URL(path, PAGE);
          expect(url.origin).toBe('https://wait.example');
          expect(url.pathname).not.toMatch(/^\/w(\/|$)/);
          expect(path).not.toMatch(/^\/[/\\]/);
          // A server that decodes once more must not find another host either.
          expect(path.replaceAll(/%2f/gi, '/').replaceAll(/%5c/gi, '/')).not.toMatch(/^\/\//);
          expect(ownPath(path)).toBe(path);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });
});
