import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { createAmounts } from '@shopfast/kit/i18n/amounts';
import { languageFor, type MailCatalogue } from './catalogues.ts';
import { oneLine, renderEmailLayout } from './email-layout.ts';

/** The facts that a mail can mention. */
export type MailFacts = {
  orderId: string;
  /** The products; the first one comes first. */
  items: { product: string; quantity: number }[];
  /** Minor units of `currency`. */
  total: number;
  currency: string;
  orderUrl: string;
  /** BCP 47 tag of the shopper's language; English when unknown. */
  locale: string | null;
};

/** The mail of an order, in the shopper's language. */
export function renderMail(
  template: EmailTemplate,
  facts: MailFacts,
): { subject: string; text: string; html: string } {
  const { locale, catalogue, t } = languageFor(facts.locale);
  const amounts = createAmounts(locale);
  const names = facts.items.map(
    ({ product, quantity }) => `${amounts.number(quantity)} × ${oneLine(product)}`,
  );
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const values = { what: list.format(names), amount: amounts.money(facts.total, facts.currency) };
  const more: string = `${template}.more`;
  return renderEmailLayout({
    locale,
    subject: t(`${template}.subject`, { ...values, what: inShort(names, list) }),
    before: [t(`${template}.lead`, values), ...(says(catalogue, more) ? [t(more, values)] : [])],
    link: { text: t('reference', { id: facts.orderId }), url: facts.orderUrl },
  });
}

/** A subject must be short: it names two products at most. */
function inShort(names: string[], list: Intl.ListFormat): string {
  return names.length > 2 ? `${names.slice(0, 2).join(', ')}, …` : list.format(names);
}

function says(catalogue: MailCatalogue, key: string): key is keyof MailCatalogue {
  return Object.hasOwn(catalogue, key);
}
