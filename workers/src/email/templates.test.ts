import { ACCOUNT_MAILS } from '@shopfast/db/schema/values';
import { jobs } from '@shopfast/kit/contracts/jobs';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { directionOf, LOCALES } from '@shopfast/kit/i18n/locale';
import { describe, expect, test } from 'vitest';
import { renderAccountMail, renderOrderMail } from './templates.ts';

const facts = {
  orderId: '0198-order',
  items: [{ product: 'Lamp', quantity: 2 }],
  total: 9_800,
  currency: 'EUR',
  orderUrl: 'https://shop.example/orders/0198-order',
  locale: null,
};
const templates = jobs['email.send'].payload.shape.template.options;

test.each(templates)('%s names the items, the amount and the link', (template) => {
  const { subject, text, html } = renderOrderMail(template, facts);
  expect(subject).toContain('2 × Lamp');
  for (const body of [text, html]) {
    expect(body).toContain('https://shop.example/orders/0198-order');
    if (template !== 'order_cancelled') expect(body).toContain('€98.00');
  }
});

test('a product name cannot bring markup into a mail, nor a second line into its subject', () => {
  const { subject, html } = renderOrderMail('order_paid', {
    ...facts,
    items: [{ product: '<img src=x onerror="alert(1)">\r\nBcc: everybody@example.com', quantity: 1 }],
  });
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  expect(subject).not.toMatch(/[\r\n]/);
});

test('a line separator of any kind cannot break a subject', () => {
  const { subject } = renderOrderMail('order_paid', {
    ...facts,
    items: [{ product: 'a\u0085b\u2028c\u2029d\te', quantity: 1 }],
  });
  expect(subject).toContain('a b c d e');
});

describe.each(LOCALES)('in %s', (locale) => {
  test('every mail is complete, with the right text direction', () => {
    for (const template of templates) {
      const { subject, text, html } = renderOrderMail(template, { ...facts, locale });
      expect(html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`);
      for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\w+\}|undefined/);
      expect(subject).toContain('Lamp');
      expect(text).toContain(facts.orderUrl);
    }
  });
});

test('no translation contains an English sentence', () => {
  const english = new Set(Object.values(loadCatalogue('mails', 'en')));
  const left = LOCALES.filter((locale) => locale !== 'en').flatMap((locale) =>
    Object.values(loadCatalogue('mails', locale)).filter((message) => english.has(message)),
  );
  expect(left).toEqual([]);
});

test.each([
  ['de-AT', '€\u00a098,00'],
  ['pt-PT', '98,00\u00a0€'],
  ['fr-CH', '98.00\u00a0€'],
])('amounts in %s are written as in the reader’s own region', (locale, amount) => {
  expect(renderOrderMail('order_received', { ...facts, locale }).text).toContain(amount);
});

test('an order with an unknown language, or none, gets mails in English', () => {
  for (const locale of ['xx', null])
    expect(renderOrderMail('order_paid', { ...facts, locale }).subject).toBe(
      'Your order of 2 × Lamp is paid',
    );
});

test('an order of several products names them all, and its subject the first two', () => {
  const items = ['Lamp', 'Cap', 'Bag'].map((product, at) => ({ product, quantity: at + 1 }));
  const { subject, text, html } = renderOrderMail('order_cancelled', { ...facts, items, locale: 'de' });
  expect(subject).toBe('Ihre Bestellung ist storniert: 1 × Lamp, 2 × Cap, …');
  for (const body of [text, html]) expect(body).toContain('(1 × Lamp, 2 × Cap und 3 × Bag)');
  const two = { ...facts, items: items.slice(0, 2) };
  expect(renderOrderMail('order_paid', two).subject).toBe('Your order of 1 × Lamp and 2 × Cap is paid');
});

describe.each(LOCALES)('account mails in %s', (locale) => {
  test.each(ACCOUNT_MAILS)('%s is complete, with the right text direction', (template) => {
    const facts = { publicUrl: 'https://shop.example', secret: 's', locale };
    const { subject, text, html } = renderAccountMail(template, facts);
    expect(html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\w+\}|undefined/);
    expect(text).toContain('https://shop.example/shop/account/');
  });
});
