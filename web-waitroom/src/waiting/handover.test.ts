import { expect, test } from 'vitest';
import { handover } from './handover.ts';

const claim = (checkoutUrl: string) => ({
  reservation_token: 'a.b.c',
  expires_at: '2026-11-27T09:10:00Z',
  checkout_url: checkoutUrl,
});
const PAGE = 'https://wait.example/w/drop';

test('on its own origin the reservation stays in the tab', () => {
  expect(handover(claim('/shop?from=room'), 'drop', PAGE, true)).toEqual({
    url: 'https://wait.example/shop?from=room',
    store: { key: 'reservation:drop', value: 'a.b.c' },
  });
});

test('to another origin, or without storage, it goes in the fragment, which no server sees', () => {
  expect(handover(claim('https://shop.example/buy#old'), 'drop', PAGE, true)).toEqual({
    url: 'https://shop.example/buy#reservation_token=a.b.c',
    store: null,
  });
  expect(handover(claim('/shop'), 'drop', PAGE, false).url).toBe(
    'https://wait.example/shop#reservation_token=a.b.c',
  );
});

test('an address that is no web page is refused', () => {
  expect(() => handover(claim('javascript:alert(1)'), 'drop', PAGE, true)).toThrow('Not a web address');
});
