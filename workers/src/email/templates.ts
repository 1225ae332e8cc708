import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { createAmounts } from '@shopfast/kit/i18n/amounts';
import { chooseLocale, directionOf, LOCALES } from '@shopfast/kit/i18n/locale';
import { createTranslate } from '@shopfast/kit/i18n/translate';
import { type MailCatalogue, mailCatalogues } from './catalogues.ts';

/** What a mail can speak of. */
export type MailFacts = {
  orderId: string;
  product: string;
  quantity: number;
  /** Minor units of `currency`. */
  total: number;
  currency: string;
  orderUrl: string;
  /** BCP 47 tag of the shopper's language; English when it is not known. */
  locale: string | null;
};

/** The subject and both bodies of a mail, in the shopper's language. The subject is one line, whatever a product is called. */
export function renderMail(
  template: EmailTemplate,
  facts: MailFacts,
): { subject: string; text: string; html: string } {
  const { language, locale } = chooseLocale(facts.locale ? [facts.locale] : [], LOCALES);
  const catalogue = mailCatalogues[language];
  const t = createTranslate(catalogue, locale);
  const amounts = createAmounts(locale);
  const values = {
    what: `${amounts.number(facts.quantity)} × ${oneLine(facts.product)}`,
    amount: amounts.money(facts.total, facts.currency),
  };
  const subject = t(`${template}.subject`, values);
  const more: string = `${template}.more`;
  const paragraphs = [t(`${template}.lead`, values), ...(says(catalogue, more) ? [t(more, values)] : [])];
  const reference = t('reference', { id: facts.orderId });
  return {
    subject,
    text: [...paragraphs, `${reference}\n${facts.orderUrl}`].join('\n\n'),
    html: layout({ subject, paragraphs, reference, url: facts.orderUrl, locale }),
  };
}

function says(catalogue: MailCatalogue, key: string): key is keyof MailCatalogue {
  return Object.hasOwn(catalogue, key);
}

type Letter = { subject: string; paragraphs: string[]; reference: string; url: string; locale: string };

function layout({ subject, paragraphs, reference, url, locale }: Letter): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body dir="${directionOf(locale)}" style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
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
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
