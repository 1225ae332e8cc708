import { html } from 'hono/html';
import type Stripe from 'stripe';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; }
  h1 { font-size: 1.3rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
  form { display: flex; gap: .75rem; }
  button { font: inherit; padding: .5rem 1.2rem; }
`;

/** The bank's page: the customer approves or rejects a payment. */
export function bankPage(intent: Stripe.PaymentIntent) {
  const amount = new Intl.NumberFormat('en', { style: 'currency', currency: intent.currency });
  const major = intent.amount / 10 ** (amount.resolvedOptions().maximumFractionDigits ?? 2);
  return page(
    'Confirm your payment',
    html`<p>This stands for the page of your bank. No money moves here.</p>
<dl><dt>Amount</dt><dd>${amount.format(major)}</dd><dt>Order</dt><dd>${intent.metadata.order_id ?? intent.id}</dd></dl>
<form method="post">
  <button name="outcome" value="approve">Approve</button>
  <button name="outcome" value="fail">Fail</button>
</form>`,
  );
}

export function bankDonePage(text: string) {
  return page(text, html`<p>You can close this page.</p>`);
}

function page(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><h1>${title}</h1>${body}</body>
</html>`;
}
