/**
 * Every secret that ShopFast issues or receives, by its prefix. The logger redacts them, and the proxy keeps them from
 * foreign servers. `shape` tells real secrets from a shop's own words (`sort=pri_asc`). Its repetitions have limits, so
 * that a text full of prefixes is scanned in linear time.
 */
export const SECRET_KINDS = {
  tkt: { what: 'ticket', shape: /tkt_[\w-]{1,99}(?:\.[\w~-]{1,99}){3}/ },
  ord: { what: 'order token', shape: /ord_[\w-]{8,99}\.[\w-]{8}/ },
  adm: { what: 'admin key', shape: /adm_[\w-]{20,}/ },
  acc: { what: 'link of an account’s mail', shape: /acc_[\w.~-]{16,}/ },
  bnd: { what: 'binding of a reservation', shape: /bnd_[\w-]{16,}/ },
  inv: { what: 'invite code', shape: /inv_[\w-]{1,99}(?:\.[\w-]{1,99}){3}/ },
  pri: { what: 'priority code', shape: /pri_[\w-]{1,99}(?:\.[\w-]{1,99}){3}/ },
  reh: { what: 'pass to a rehearsal', shape: /reh_[\w-]{16,}/ },
  rem: { what: 'link that stops reminders', shape: /rem_[\w-]{1,99}(?:\.[\w-]{1,99}){3}/ },
  sk: { what: 'secret key of Stripe', shape: /sk_(?:test|live)_\w{8,}/ },
  rk: { what: 'restricted key of Stripe', shape: /rk_(?:test|live)_\w{8,}/ },
  whsec: { what: 'secret that signs webhooks', shape: /whsec_[\w+/=-]{16,}/ },
} as const satisfies Record<string, { what: string; shape: RegExp }>;

const PREFIXES = Object.keys(SECRET_KINDS).join('|');
const SHAPES = Object.values(SECRET_KINDS).map(({ shape }) => shape.source);

/** Redacting too much in a log does no damage: the prefix and one more character are enough. */
const REDACTED = new RegExp(String.raw`\b(?:${PREFIXES})_[\w.~-]+`, 'g');
/** Three or more parts, as in a JWT. No match starts inside another, so a text is scanned once. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g;
const SHAPED = new RegExp(`(?<![a-z0-9])(?:${SHAPES.join('|')})`, 'i');
const AT_THE_START = new RegExp(`^(?:${PREFIXES})_`, 'i');

/** Replaces secrets in a text by their prefix and "[redacted]". */
export function redactSecrets(text: string): string {
  return text
    .replace(REDACTED, (secret) => `${secret.slice(0, secret.indexOf('_') + 1)}[redacted]`)
    .replace(DOTTED, (parts) => parts.replace(/\beyJ.+/, 'jwt_[redacted]'));
}

/** Whether a credential starts with the prefix of one of our secrets, at any length. */
export const startsAsSecret = (credential: string): boolean => AT_THE_START.test(credential);

/**
 * Whether a text contains one of our secrets or a reservation token, percent-encoded too. Foreign JWTs do not count.
 */
export function hasSecret(text: string): boolean {
  return isShaped(text) || (text.includes('%') && isShaped(percentDecoded(text)));
}

const isShaped = (text: string) => SHAPED.test(text) || hasReservationToken(text);

function hasReservationToken(text: string): boolean {
  for (const [, header = ''] of text.matchAll(/(?<![\w-])(eyJ[\w+/-]{1,300})={0,2}\./g)) {
    const json = Buffer.from(header, 'base64url').toString('utf8');
    if (/"typ"\s*:\s*"[^"]*reservation\+jwt"/i.test(json)) return true;
  }
  return false;
}

/** Decodes twice, because some servers also accept input that was encoded once too often. */
function percentDecoded(text: string): string {
  const once = decoded(text);
  return once.includes('%') ? `${once}\n${decoded(once)}` : once;
}

const decoded = (text: string) =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
