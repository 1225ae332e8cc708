import { jobs } from '@shopfast/kit/contracts/jobs';
import { expect, test } from 'vitest';
import { formatAmount, renderMail } from './templates.ts';

const facts = {
  orderId: '0198-order',
  product: 'Lamp',
  quantity: 2,
  total: 9_800,
  currency: 'EUR',
  orderUrl: 'https://shop.example/orders/0198-order',
};

test.each(jobs['email.send'].payload.shape.template.options)(
  '%s says what, how much and where',
  (template) => {
    const { subject, text, html } = renderMail(template, facts);
    expect(subject).toContain('2 × Lamp');
    for (const body of [text, html]) {
      expect(body).toContain('https://shop.example/orders/0198-order');
      if (template !== 'order_cancelled') expect(body).toContain('€98.00');
    }
  },
);

test('a product name cannot bring markup into a mail, nor a second line into its subject', () => {
  const { subject, html } = renderMail('order_paid', {
    ...facts,
    product: '<img src=x onerror="alert(1)">\r\nBcc: everybody@example.com',
  });
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  expect(subject).not.toMatch(/[\r\n]/);
});

test.each([
  [1_999, 'EUR', '€19.99'],
  [1_999, 'JPY', '¥1,999'],
  [0, 'USD', '$0.00'],
  [123_456_789, 'USD', '$1,234,567.89'],
])('%i of %s is %s', (minorUnits, currency, written) => {
  expect(formatAmount(minorUnits, currency)).toBe(written);
});
