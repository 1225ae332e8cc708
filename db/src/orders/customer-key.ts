/**
 * Who counts as one customer for the purchase limit: the e-mail address in lower case, Unicode-normalised, without
 * a "+tag" in its local part, so that ann+1@ and ann+2@ are one.
 */
export function customerKey(email: string): string {
  const address = email.trim().normalize('NFKC').toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const plus = local.indexOf('+');
  return `${plus > 0 ? local.slice(0, plus) : local}${address.slice(at)}`;
}
