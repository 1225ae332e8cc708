import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../testing/runs.ts';
import {
  exactLine,
  instant,
  integerText,
  line,
  newProductId,
  paragraphs,
  roomId,
  rowNumber,
  storable,
} from './text.ts';

const accepts = (schema: { safeParse(given: unknown): { success: boolean } }, given: unknown) =>
  schema.safeParse(given).success;

describe('text', () => {
  test('has no control characters and no lone surrogates, and its length is counted in code points', () => {
    for (const text of [
      'a\u0000b',
      '\u0001',
      '\u007f',
      '\u0085',
      '\ud83d',
      'a\udc00',
      'a\nb',
      'a\tb',
      'a\u2028b',
    ])
      expect(accepts(line({ most: 10 }), text), JSON.stringify(text)).toBe(false);
    expect(accepts(line({ most: 3 }), '😀😀😀')).toBe(true);
    expect(accepts(line({ most: 3 }), '😀😀😀😀')).toBe(false);
    expect(accepts(exactLine({ least: 2, most: 3 }), '😀')).toBe(false);
    expect(line({ most: 3 }).parse('  abc ')).toBe('abc');
    expect(accepts(line({ most: 3 }), '   ')).toBe(false);
    expect(accepts(line({ most: 9 }), 'مرحبا')).toBe(true);
  });

  test('of several lines may contain newlines and tabs, but no other control characters', () => {
    expect(paragraphs({ most: 10 }).parse('a\r\n\tb')).toBe('a\n\tb');
    for (const text of ['a\rb', '\u0000', '\u001b[31m', '\udfff'])
      expect(accepts(paragraphs({ most: 10 }), text)).toBe(false);
    expect(accepts(paragraphs({ most: 10 }), '')).toBe(true);
  });

  test('is always text that Postgres can store, for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const parsed = paragraphs({ most: 30 }).safeParse(text);
        if (!parsed.success) return;
        expect(parsed.data.includes('\u0000')).toBe(false);
        expect(Buffer.from(parsed.data, 'utf8').toString('utf8')).toBe(parsed.data);
      }),
      { seed: 20_261_201, numRuns: runs(500) },
    );
  });
});

test('foreign text is stored with U+FFFD where a character cannot be stored', () => {
  const said = { 'a\u0000': ['\ud83d', { b: 'x\u0000y' }], n: 1, z: null };
  expect(storable(said)).toEqual({ 'a\ufffd': ['\ufffd', { b: 'x\ufffdy' }], n: 1, z: null });
});

test('a time is within the range that every store writes the same way', () => {
  expect(instant.parse('2026-11-27T10:00:00+01:00').toISOString()).toBe('2026-11-27T09:00:00.000Z');
  for (const text of [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
    '3000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-27',
    '',
  ])
    expect(accepts(instant, text), text).toBe(false);
});

test('a number in a path or query has plain digits and fits its column', () => {
  expect(rowNumber.parse('42')).toBe(42);
  for (const text of [
    '',
    ' 1',
    '1.5',
    '1e3',
    '0x10',
    'NaN',
    '-1',
    '0',
    '9007199254740992',
    '9'.repeat(40),
    '%00',
  ])
    expect(accepts(rowNumber, text), text).toBe(false);
  expect(integerText(-5, 5).parse('-5')).toBe(-5);
});

test('an id is not a property name of every object', () => {
  for (const id of [
    'constructor',
    'prototype',
    'tostring',
    'valueof',
    'hasownproperty',
    'isprototypeof',
    '__proto__',
  ])
    for (const schema of [roomId, newProductId]) expect(accepts(schema, id), id).toBe(false);
  for (const id of ['drop', 'constructors', 'a-1']) expect(accepts(roomId, id)).toBe(true);
});
