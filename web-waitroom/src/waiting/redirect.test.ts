import { expect, test } from 'vitest';
import { redirectFor } from './redirect.ts';

const claim = (checkoutUrl: string) => ({
  reservation_token: 'a.b.c',
  expires_at: '2026-11-27T09:10:00Z',
  checkout_url: checkoutUrl,
});
const PAGE = 'https://wait.example/w/drop';

test('on its own origin the reservation stays in the tab', () => {
  expect(redirectFor(claim('/shop?from=room'), 'drop', PAGE, true)).toEqual({
    url: 'https://wait.example/shop?from=room',
    store: { key: 'reservation:drop', value: 'a.b.c' },
  });
});

test('to another origin, or without storage, it goes in the fragment, which no server sees', () => {
  expect(redirectFor(claim('https://shop.example/buy#old'), 'drop', PAGE, true)).toEqual({
    url: 'https://shop.example/buy#reservation_token=a.b.c',
    store: null,
  });
  expect(redirectFor(claim('/shop'), 'drop', PAGE, false).url).toBe(
    'https://wait.example/shop#reservation_token=a.b.c',
  );
});

test.each([
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\\evil.example',
  '//evil.example',
])('the address %j gets no token', (address) => {
  expect(() => redirectFor(claim(address), 'drop', PAGE, true)).toThrow('Not a web address');
});

test('a shopper who came from a page of the shop goes back there, with the reservation', () => {
  const page = `${PAGE}?return=${encodeURIComponent('/checkout?item=3')}`;
  expect(redirectFor(claim('/shop'), 'drop', page, true)).toEqual({
    url: 'https://wait.example/checkout?item=3',
    store: { key: 'reservation:drop', value: 'a.b.c' },
  });
});

test.each(['//evil.example', '/\\evil.example', '/%2Fevil.example', 'https://evil.example/', '/w/drop'])(
  'a return address that is not an own path (%s) is not followed',
  (address) => {
    const page = `${PAGE}?return=${encodeURIComponent(address)}`;
    expect(redirectFor(claim('/shop'), 'drop', page, true).url).toBe('https://wait.example/shop');
  },
);
