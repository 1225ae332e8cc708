import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

test('changed fields are shown with before and after; the others are left out', () => {
  expect(changesOf({ max_active: 500, name: 'A' }, { max_active: 42, name: 'A' })).toEqual([
    { field: 'max_active', before: '500', after: '42' },
  ]);
  expect(changesOf({ opens_at: null }, { opens_at: '2026-11-27T09:00:00Z' })).toEqual([
    { field: 'opens_at', before: 'null', after: '2026-11-27T09:00:00Z' },
  ]);
});

test('created and deleted objects have one side only, and no change gives no fields', () => {
  expect(changesOf(null, { role: 'viewer' })).toEqual([{ field: 'role', before: null, after: 'viewer' }]);
  expect(changesOf({ state: 'open' }, undefined)).toEqual([{ field: 'state', before: 'open', after: null }]);
  expect(changesOf(null, null)).toEqual([]);
  expect(changesOf(null, { opens_at: null })).toEqual([]);
  expect(changesOf(['a'], 'b')).toEqual([{ field: '', before: '["a"]', after: 'b' }]);
});
