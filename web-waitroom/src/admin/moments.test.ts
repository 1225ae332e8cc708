import { expect, test } from 'vitest';
import { fromField, toField } from './moments.ts';

test('a time survives a round trip through a field, and no time stays none', () => {
  for (const iso of ['2026-11-27T09:00:00.000Z', '2026-03-29T00:59:07.000Z', '2026-12-31T23:59:59.000Z'])
    expect(fromField(toField(iso))).toBe(iso);
  expect(toField(null)).toBe('');
  expect(fromField('')).toBeNull();
  expect(fromField('soon')).toBeNull();
});
