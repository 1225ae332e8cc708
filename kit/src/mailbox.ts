/** Here dots have no meaning, and both domains lead to one mailbox: https://support.google.com/mail/answer/7436150. */
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox behind an e-mail address, to detect when two addresses belong to one person: lower case,
 * Unicode-normalised, without a "+tag" (ann+1@ and ann+2@ are one). At Gmail also without dots.
 */
export function mailboxOf(email: string): string {
  const address = email.trim().normalize('NFKC').toLowerCase();
  const at = address.lastIndexOf('@');
  const local = withoutTag(address.slice(0, at));
  const domain = address.slice(at + 1);
  return GMAIL.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}
