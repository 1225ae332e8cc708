import { expect, test } from 'vitest';
import { takeLinkToken } from './account-calls.ts';

test('only the secret of a mailed link is taken out of the address', () => {
  expect(takeLinkToken('#token=acc_e30.e30.s-_')).toEqual({ token: 'acc_e30.e30.s-_', rest: '' });
  expect(takeLinkToken('#token=acc_x&a=b')).toEqual({ token: 'acc_x', rest: '#a=b' });
  expect(takeLinkToken('#token=else')).toEqual({ token: null, rest: '#token=else' });
  expect(takeLinkToken('#details')).toEqual({ token: null, rest: '#details' });
  expect(takeLinkToken('')).toEqual({ token: null, rest: '' });
});
