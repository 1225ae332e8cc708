import { expect, test } from 'vitest';
import { pageAt } from '../app/pages.ts';
import { orderPauseMs, shownState } from './order-state.ts';
import { accountPath, orderPath, productPath, ROUTES } from './routes.ts';

const at = (pathname: string) => pageAt(ROUTES, pathname);

test('each address of the shop leads to its page, and back', () => {
  expect(at('/shop').id).toBe('list');
  expect(at('/shop/').id).toBe('list');
  expect(at(productPath('a b/ü'))).toEqual({ id: 'product', params: { id: 'a b/ü' } });
  expect(at(orderPath('0192'))).toEqual({ id: 'order', params: { id: '0192' } });
  expect(at(accountPath()).id).toBe('account');
  expect(at(accountPath('verify')).id).toBe('verify');
  expect(at('/shop/account/else').id).toBe('not_found');
  expect(at('/shop/products').id).toBe('not_found');
  expect(at('/shop/products/a/b').id).toBe('not_found');
  expect(at('/Shop').id).toBe('not_found');
  expect(at('/shop/products/%E0')).toEqual({ id: 'product', params: { id: '%E0' } });
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
