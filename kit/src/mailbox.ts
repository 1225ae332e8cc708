/**
 * The mailbox behind an e-mail address, for telling whether two addresses are one person's: lower case,
 * Unicode-normalised, without a "+tag" in its local part, so that ann+1@ and ann+2@ are one.
 */
export function mailboxOf(email: string): string {
  const address = email.trim().normalize('NFKC').toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const plus = local.indexOf('+');
  return `${plus > 0 ? local.slice(0, plus) : local}${address.slice(at)}`;
}
