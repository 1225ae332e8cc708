import { z } from 'zod';

/** RFC 5321, in octets. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/** RFC 5322 atext, and with RFC 6531 every letter, mark, number, sign and symbol beyond ASCII. */
const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\u{10ffff}]+$/u;
/** Not written in an address: spaces, controls, what is not shown, what is nothing. */
const UNSEEN = /[\p{C}\p{Z}]/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_TEXT = /^[A-Za-z0-9.\-\u0080-\u{10ffff}]+$/u;
/** Labels of a–z alone, and a last one that is no number: nothing that a URL would read otherwise. */
const PLAIN_DOMAIN = /^(?:[a-z0-9]{1,63}\.){1,8}[a-z]{2,63}$/;
const NOT_ASCII = /[^!-~]/;

const octets = (text: string) => new TextEncoder().encode(text).length;

/** The domain in its ASCII form (`xn--…`), lower case; null when it is none that mail goes to. */
function asciiDomain(domain: string): string | null {
  // What nearly all write is read without building a URL: this is on the way of every order.
  if (PLAIN_DOMAIN.test(domain) && domain.length <= 253) return domain;
  if (!DOMAIN_TEXT.test(domain) || UNSEEN.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const { hostname } = new URL(`http://${domain}`);
  const labels = hostname.split('.');
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label));
  // A last label of digits is an IP address, which a name's server never has.
  return isName && hostname.length <= 253 && !/^\d+$/.test(labels.at(-1) as string) ? hostname : null;
}

/**
 * An e-mail address as it is stored: the domain in ASCII (IDNA), the part before the @ in Unicode's composed form.
 * Quoted parts and addresses with an IP number are not taken.
 * @returns null when it is none
 */
export function normalizeEmail(text: string): string | null {
  if (text.length > LONGEST || !text.isWellFormed()) return null;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at)).normalize('NFC');
  const atoms = local.split('.');
  if (UNSEEN.test(local) || !atoms.every((atom) => ATOM.test(atom)) || octets(local) > LONGEST_LOCAL)
    return null;
  const domain = asciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  return domain !== null && octets(address) <= LONGEST ? address : null;
}

/** An e-mail address of a person. Its domain may be written in any script. */
export const emailAddress = z
  .string()
  .max(LONGEST, 'must be an e-mail address')
  .transform((text, context) => {
    const address = normalizeEmail(text);
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
    return z.NEVER;
  })
  .meta({ format: 'email' });

/** Whether a mail to it needs SMTPUTF8 (RFC 6531): what stands before the @ is not ASCII. */
export const needsSmtpUtf8 = (address: string): boolean => NOT_ASCII.test(address);
