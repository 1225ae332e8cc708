import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { createAmounts } from '@shopfast/kit/i18n/amounts';
import type { MailCatalogue } from './catalogues.ts';
import { languageFor } from './language.ts';
import { oneLine, writeLetter } from './letter.ts';

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

/** The mail of an order, in the shopper's language. */
export function renderMail(
  template: EmailTemplate,
  facts: MailFacts,
): { subject: string; text: string; html: string } {
  const { locale, catalogue, t } = languageFor(facts.locale);
  const amounts = createAmounts(locale);
  const values = {
    what: `${amounts.number(facts.quantity)} × ${oneLine(facts.product)}`,
    amount: amounts.money(facts.total, facts.currency),
  };
  const more: string = `${template}.more`;
  return writeLetter({
    locale,
    subject: t(`${template}.subject`, values),
    before: [t(`${template}.lead`, values), ...(says(catalogue, more) ? [t(more, values)] : [])],
    link: { text: t('reference', { id: facts.orderId }), url: facts.orderUrl },
  });
}

function says(catalogue: MailCatalogue, key: string): key is keyof MailCatalogue {
  return Object.hasOwn(catalogue, key);
}
