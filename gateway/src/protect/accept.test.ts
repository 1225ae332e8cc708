import { expect, test } from 'vitest';
import { prefersHtml } from './accept.ts';

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', true],
  ['text/html', true],
  ['TEXT/HTML;Level=1', true],
  ['text/*', true],
  ['application/xhtml+xml', true],
  ['application/json;q=0.5, text/html;q=0.6', true],
  [undefined, false],
  ['', false],
  ['*/*', false],
  ['application/json', false],
  ['application/json, text/html', false],
  ['text/html;q=0.5, */*;q=0.8', false],
  ['text/html;q=0', false],
  ['text/html;q=nonsense', false],
  ['image/*,*/*;q=0.8', false],
])('Accept: %s asks for a page: %s', (accept, html) => {
  expect(prefersHtml(accept)).toBe(html);
});
