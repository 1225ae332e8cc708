import { expect, test } from 'vitest';
import { createAmounts } from './amounts.ts';

const english = createAmounts('en-GB');
const german = createAmounts('de-DE');
const MINUTE = 60;
const HOUR = 3600;

test('a wait is shown as a range in a suitable unit', () => {
  expect(english.span(12, 38)).toBe('15–40 seconds');
  expect(english.span(3 * MINUTE, 5 * MINUTE)).toBe('3–5 minutes');
  expect(english.span(80 * MINUTE, 2 * HOUR)).toBe('1.5–2 hours');
  expect(german.span(3 * MINUTE, 5 * MINUTE)).toBe('3–5 Minuten');
});

test('a range with equal ends is shown as one figure', () => {
  expect(english.span(0, 3)).toBe('5 seconds');
  expect(english.span(50, 61)).toBe('1–2 minutes');
  expect(english.span(HOUR, HOUR)).toBe('60 minutes');
});

test('a countdown shows the current second and stops at zero', () => {
  expect(english.countdown(59_001)).toBe('1:00');
  expect(english.countdown(42_000)).toBe('0:42');
  expect(english.countdown(3_725_000)).toBe('1:02:05');
  expect(english.countdown(5 * 86_400_000)).toBe('5 days');
  expect(english.countdown(-5)).toBe('0:00');
});

test('money has the decimals of its currency', () => {
  expect(english.money(12_900, 'EUR')).toBe('€129.00');
  expect(english.money(12_900, 'JPY')).toBe('JP¥12,900');
  expect(german.money(12_900, 'EUR')).toBe('129,00\u00a0€');
});

test('a list is joined as its language does', () => {
  expect(english.list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(german.list(['a', 'b', 'c'])).toBe('a, b und c');
});
