import type { AccountMailTemplate } from '@shopfast/db/schema/accounts';

/**
 * The mails of accounts. Nothing that a stranger typed stands in them: whoever signs up with somebody else's address must
 * not get to say something there.
 */
const wordings: Record<
  AccountMailTemplate,
  { subject: string; before: string; page: string; after: string }
> = {
  verify_email: {
    subject: 'Please confirm your e-mail address',
    before: 'Somebody opened an account with this address. If it was you, confirm it here within a day:',
    page: 'verify',
    after:
      'You will be asked for the password that you chose. If it was not you, there is nothing to do: without that password nobody gets further.',
  },
  reset_password: {
    subject: 'Set a new password',
    before: 'Somebody asked for a new password for your account. If it was you, set it here within an hour:',
    page: 'reset',
    after: 'If it was not you, there is nothing to do: your password stays as it is.',
  },
  account_exists: {
    subject: 'You have an account already',
    before:
      'Somebody tried to open an account with this address, but there is one already. If it was you, sign in, or ask for a new password, here:',
    page: 'sign-in',
    after: 'If it was not you, there is nothing to do: nothing was changed.',
  },
};

/** Where a mail leads. The secret is in the fragment, which no browser sends to any server, so no log has it. */
export function accountUrl(publicUrl: string, page: string, secret: string | null): string {
  const url = `${publicUrl.replace(/\/$/, '')}/shop/account/${page}`;
  return secret === null ? url : `${url}#token=acc_${encodeURIComponent(secret)}`;
}

export function renderAccountMail(
  template: AccountMailTemplate,
  link: { publicUrl: string; secret: string | null },
): { subject: string; text: string; html: string } {
  const { subject, before, page, after } = wordings[template];
  const url = accountUrl(link.publicUrl, page, link.secret);
  return {
    subject,
    text: [before, url, after].join('\n\n'),
    html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
<h1 style="font-size: 1.25rem">${subject}</h1>
<p>${before}</p>
<p><a href="${url}">${subject}</a></p>
<p>${after}</p>
</body>
</html>
`,
  };
}
