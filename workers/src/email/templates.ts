import type { AccountMailTemplate } from '@shopfast/db/schema/values';
import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { createAmounts } from '@shopfast/kit/i18n/amounts';
import { accountUrl } from '../shop-urls.ts';
import { oneLine, renderEmailLayout } from './email-layout.ts';
import { languageFor } from './language.ts';

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
export function renderOrderMail(
  template: EmailTemplate,
  facts: MailFacts,
): { subject: string; text: string; html: string } {
  const { locale, t } = languageFor(facts.locale);
  const amounts = createAmounts(locale);
  const names = facts.items.map(
    ({ product, quantity }) => `${amounts.number(quantity)} × ${oneLine(product)}`,
  );
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const values = { what: list.format(names), amount: amounts.money(facts.total, facts.currency) };
  return renderEmailLayout({
    locale,
    subject: t(`${template}.subject`, { ...values, what: inShort(names, list) }),
    before: [
      t(`${template}.lead`, values),
      ...(template === 'order_cancelled' ? [] : [t(`${template}.more`, values)]),
    ],
    link: { text: t('reference', { id: facts.orderId }), url: facts.orderUrl },
  });
}

/** A subject must be short: it names two products at most. */
function inShort(names: string[], list: Intl.ListFormat): string {
  return names.length > 2 ? `${names.slice(0, 2).join(', ')}, …` : list.format(names);
}

/** The page of the shop that each mail links to. */
const pages: Record<AccountMailTemplate, string> = {
  verify_email: 'verify',
  reset_password: 'reset',
  account_exists: 'sign-in',
};

/**
 * The mail of an account, in the language of the request. It contains nothing that a stranger typed: somebody who signs
 * up with another's address must not be able to send text to that address.
 */
export function renderAccountMail(
  template: AccountMailTemplate,
  facts: { publicUrl: string; secret: string | null; locale: string | null },
): { subject: string; text: string; html: string } {
  const { locale, t } = languageFor(facts.locale);
  const subject = t(`${template}.subject`);
  return renderEmailLayout({
    locale,
    subject,
    before: [t(`${template}.lead`)],
    link: { text: subject, url: accountUrl(facts.publicUrl, pages[template], facts.secret) },
    after: [t(`${template}.more`)],
  });
}

export type TurnReminderFacts = {
  /** The room's name. */
  room: string;
  /** This link is the shopper's place: anybody who opens it gets the place. */
  resumeUrl: string;
  /** Null: the mail has no such link. */
  stopUrl: string | null;
  /** BCP 47 */
  locale: string | null;
};

/**
 * The mail "your turn is near", in the shopper's language. It contains nothing that the shopper typed, because the
 * address may be another's.
 */
export function renderTurnReminder({ room, resumeUrl, stopUrl, locale: wanted }: TurnReminderFacts) {
  const { locale, t } = languageFor(wanted);
  const values = { room: oneLine(room) };
  return renderEmailLayout({
    locale,
    subject: t('turn_near.subject', values),
    before: [t('turn_near.lead', values), t('turn_near.more')],
    link: { text: t('turn_near.link'), url: resumeUrl },
    after: [t('turn_near.why')],
    ...(stopUrl === null ? {} : { stop: { text: t('turn_near.stop'), url: stopUrl } }),
  });
}

/**
 * The mail about a second join with one address. It contains nothing that was typed either. Its link proves that the
 * reader owns the mailbox.
 */
export function renderPlaceMail({ room, resumeUrl, locale: wanted }: Omit<TurnReminderFacts, 'stopUrl'>) {
  const { locale, t } = languageFor(wanted);
  const values = { room: oneLine(room) };
  return renderEmailLayout({
    locale,
    subject: t('place_joined.subject', values),
    before: [t('place_joined.lead', values), t('place_joined.more')],
    link: { text: t('place_joined.link'), url: resumeUrl },
  });
}
