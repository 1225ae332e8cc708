import { z } from 'zod';

/** Octets, RFC 5321. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/** RFC 5322 atext; RFC 6531 adds every letter, mark, number, sign and symbol beyond ASCII. */
const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\u{10ffff}]+$/u;
/** Never allowed in an address: spaces, control characters, invisible and unassigned characters. */
const INVISIBLE = /[\p{C}\p{Z}]/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_TEXT = /^[A-Za-z0-9.\-\u0080-\u{10ffff}]+$/u;
/** Lower-case labels of a–z and 0–9, and a last label of letters only. A URL parser reads such a name unchanged. */
const PLAIN_DOMAIN = /^(?:[a-z0-9]{1,63}\.){1,8}[a-z]{2,63}$/;
const NOT_ASCII = /[^!-~]/;
/** Most addresses: ASCII only, already in their stored form. */
const PLAIN = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,8}@(.{4,})$/;

const octets = (text: string) => new TextEncoder().encode(text).length;

/** The domain in ASCII form (`xn--…`), lower case; null when no mail can go there. */
function asciiDomain(domain: string): string | null {
  // The common case needs no URL object.
  if (PLAIN_DOMAIN.test(domain) && domain.length <= 253) return domain;
  if (!DOMAIN_TEXT.test(domain) || INVISIBLE.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const { hostname } = new URL(`http://${domain}`);
  const labels = hostname.split('.');
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label));
  // A last label of digits makes it an IP address, not a domain name.
  return isName && hostname.length <= 253 && !/^\d+$/.test(labels.at(-1) as string) ? hostname : null;
}

/** One match for the common case: this runs for every order. */
function isPlain(text: string): boolean {
  const domain = PLAIN.exec(text)?.[1];
  return (
    domain !== undefined && text.length - domain.length <= LONGEST_LOCAL + 1 && PLAIN_DOMAIN.test(domain)
  );
}

/**
 * An e-mail address as stored: the domain in ASCII (IDNA), the local part in Unicode NFC. Quoted local parts and IP
 * addresses as domain are not accepted.
 * @returns null when it is invalid
 */
export function normalizeEmail(text: string): string | null {
  if (text.length > LONGEST || !text.isWellFormed()) return null;
  if (isPlain(text)) return text;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at)).normalize('NFC');
  const atoms = local.split('.');
  if (INVISIBLE.test(local) || !atoms.every((atom) => ATOM.test(atom)) || octets(local) > LONGEST_LOCAL)
    return null;
  const domain = asciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  return domain !== null && octets(address) <= LONGEST ? address : null;
}

/** An e-mail address of a person. The domain may be in any script. */
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

/** Whether a mail to it needs SMTPUTF8 (RFC 6531): its local part is not ASCII. */
export const needsSmtpUtf8 = (address: string): boolean => NOT_ASCII.test(address);
