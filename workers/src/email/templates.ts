import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';

/** What a mail can speak of. */
export type MailFacts = {
  orderId: string;
  product: string;
  quantity: number;
  /** Minor units of `currency`. */
  total: number;
  currency: string;
  orderUrl: string;
};

type Wording = { subject: string; paragraphs: string[] };

/** Every mail of the shop. Plain sentences; the layout is made around them. */
const wordings: Record<EmailTemplate, (what: string, amount: string) => Wording> = {
  order_received: (what, amount) => ({
    subject: `We are holding ${what} for you`,
    paragraphs: [
      `Thank you for your order of ${what}.`,
      `Your units are set aside while we take the payment of ${amount}. You will hear from us as soon as it is through; there is nothing for you to do.`,
    ],
  }),
  order_paid: (what, amount) => ({
    subject: `Your order of ${what} is paid`,
    paragraphs: [
      `We have received your payment of ${amount}.`,
      `${what} is yours. Thank you for buying with us!`,
    ],
  }),
  order_declined: (what, amount) => ({
    subject: `The payment for ${what} did not go through`,
    paragraphs: [
      `The payment of ${amount} for ${what} was declined. You have not been charged.`,
      'The units went back on sale. If some are left, you can join the waiting room again and pay with another card.',
    ],
  }),
  order_expired: (what, amount) => ({
    subject: `Your order of ${what} has run out`,
    paragraphs: [
      `The payment of ${amount} did not arrive in time, so we could not hold ${what} for you any longer. You have not been charged.`,
      'If some units are left, you can join the waiting room again.',
    ],
  }),
  order_refunded: (what, amount) => ({
    subject: `We are giving back your payment for ${what}`,
    paragraphs: [
      `We have refunded ${amount} for ${what}.`,
      'Depending on your bank it takes a few days until the money is on your account again.',
    ],
  }),
  order_cancelled: (what) => ({
    subject: `Your order of ${what} is cancelled`,
    paragraphs: [`Your order of ${what} is cancelled, as you asked. You have not been charged.`],
  }),
};

/** The subject and both bodies of a mail. The subject is one line, whatever a product is called. */
export function renderMail(
  template: EmailTemplate,
  facts: MailFacts,
): { subject: string; text: string; html: string } {
  const what = `${facts.quantity} × ${oneLine(facts.product)}`;
  const { subject, paragraphs } = wordings[template](what, formatAmount(facts.total, facts.currency));
  const reference = `Order ${facts.orderId}`;
  return {
    subject,
    text: [...paragraphs, `${reference}\n${facts.orderUrl}`].join('\n\n'),
    html: layout(subject, paragraphs, reference, facts.orderUrl),
  };
}

/** An amount in minor units as people write it: 1999 EUR is €19.99, 1999 JPY is ¥1,999. */
export function formatAmount(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function layout(subject: string, paragraphs: string[], reference: string, url: string): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
<h1 style="font-size: 1.25rem">${escapeHtml(subject)}</h1>
${body}
<p><a href="${escapeHtml(url)}">${escapeHtml(reference)}</a></p>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
