import { expect, test } from 'vitest';
import { bindingHash, isBound } from './token.ts';

test('a token is bound to exactly one secret', () => {
  const claims = { bnd: bindingHash('bnd_mine') };
  expect(isBound(claims, 'bnd_mine')).toBe(true);
  expect(isBound(claims, 'bnd_yours')).toBe(false);
  expect(isBound(claims, '')).toBe(false);
  expect(isBound(claims, undefined)).toBe(false);
  expect(isBound({ bnd: 'short' }, 'bnd_mine')).toBe(false);
});
