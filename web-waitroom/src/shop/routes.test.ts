import { expect, test } from 'vitest';
import { orderPauseMs, shownState } from './order-state.ts';
import { accountPath, orderPath, productPath, routeOf } from './routes.ts';

test('each address of the shop leads to its page, and back', () => {
  expect(routeOf('/shop')).toEqual({ page: 'list' });
  expect(routeOf('/shop/')).toEqual({ page: 'list' });
  expect(routeOf(productPath('a b/ü'))).toEqual({ page: 'product', id: 'a b/ü' });
  expect(routeOf(orderPath('0192'))).toEqual({ page: 'order', id: '0192' });
  expect(routeOf(accountPath())).toEqual({ page: 'account', view: null });
  expect(routeOf(accountPath('verify'))).toEqual({ page: 'account', view: 'verify' });
  expect(routeOf('/shop/account/else')).toEqual({ page: 'not_found' });
  expect(routeOf('/shop/products')).toEqual({ page: 'not_found' });
  expect(routeOf('/shop/products/a/b')).toEqual({ page: 'not_found' });
  expect(routeOf('/shop/products/%E0')).toEqual({ page: 'product', id: '%E0' });
});

test('an order is polled until it is final, a little less often each time', () => {
  expect(orderPauseMs({ state: 'pending_payment' }, 1)).toBeLessThan(1_000);
  expect(orderPauseMs({ state: 'pending_payment' }, 500)).toBe(5_000);
  for (const state of ['paid', 'payment_failed', 'expired', 'cancelled', 'refunded'] as const)
    expect(orderPauseMs({ state }, 1)).toBeNull();
});

test('a confirmation at the bank is shown only while the order waits for it', () => {
  expect(shownState({ state: 'pending_payment', action_url: 'https://bank.example' })).toBe('action_needed');
  expect(shownState({ state: 'paid', action_url: 'https://bank.example' })).toBe('paid');
});
