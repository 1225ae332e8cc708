import type { AccountMailTemplate } from '@shopfast/db/schema/accounts';
import { languageFor } from './catalogues.ts';
import { renderEmailLayout } from './email-layout.ts';

/** The page of the shop that each mail links to. */
const pages: Record<AccountMailTemplate, string> = {
  verify_email: 'verify',
  reset_password: 'reset',
  account_exists: 'sign-in',
};

/** The link of a mail. The secret is in the fragment: browsers do not send it, so it is in no server log. */
export function accountUrl(publicUrl: string, page: string, secret: string | null): string {
  const url = `${publicUrl.replace(/\/$/, '')}/shop/account/${page}`;
  return secret === null ? url : `${url}#token=acc_${encodeURIComponent(secret)}`;
}

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
