import type { Answer } from './answer.ts';
import type { Need } from './needs.ts';
import type { World } from './world.ts';

export const FAMILY_NAMES = [
  'tokens',
  'tickets',
  'codes',
  'proxy',
  'framing',
  'orders',
  'accounts',
  'webhooks',
  'roles',
  'text',
  'slow',
  'pages',
] as const;
export type FamilyName = (typeof FAMILY_NAMES)[number];

/** The expected answer. */
export type Refusal = {
  /** Allowed statuses; 0 is a connection that was closed without an answer. */
  status: readonly number[];
  /** Allowed codes of the problem document; any if missing. */
  code?: readonly string[];
  /** A further check of the last answer. @returns what is wrong, or undefined */
  holds?: (answer: Answer) => string | undefined;
  /** A check of all answers together, instead of statuses and codes. @returns what is wrong, or undefined */
  together?: (answers: readonly Answer[]) => string | undefined;
  /** For the list: what `holds` or `together` checks. */
  says?: string;
};

export type Case = {
  /** `family/slug`, stable. */
  id: string;
  family: FamilyName;
  title: string;
  /** The case (S1), the section of an RFC, or the OWASP item that defines the right answer. */
  source: string;
  needs: readonly Need[];
  /** Also runs in `npm test`. */
  reduced: boolean;
  /** Runs alone after all others, because it keeps the system busy. */
  alone: boolean;
  /** Sends requests that must be refused. @returns the answers; the last one is judged by status and code */
  attack: (world: World) => Promise<Answer | readonly Answer[]>;
  refusal: Refusal;
};

/** A case as its family writes it. */
export type Row = {
  id: string;
  title: string;
  source: string;
  needs?: readonly Need[];
  reduced?: boolean;
  alone?: boolean;
  attack: Case['attack'];
  refusal: Refusal;
};

export type Family = { name: FamilyName; about: string; cases: readonly Case[] };

export function family(
  name: FamilyName,
  about: string,
  rows: readonly Row[],
  needs: readonly Need[] = [],
): Family {
  return {
    name,
    about,
    cases: rows.map((row) => ({
      ...row,
      id: `${name}/${row.id}`,
      family: name,
      needs: [...new Set([...needs, ...(row.needs ?? [])])],
      reduced: row.reduced ?? false,
      alone: row.alone ?? false,
    })),
  };
}

/** `refuse(401, 'token_invalid')`; several statuses or codes as lists. */
export function refuse(
  status: number | readonly number[],
  code?: string | readonly string[],
  more: Omit<Refusal, 'status' | 'code'> = {},
): Refusal {
  return {
    status: typeof status === 'number' ? [status] : status,
    ...(code === undefined ? {} : { code: typeof code === 'string' ? [code] : code }),
    ...more,
  };
}

/** The expectation in words. */
export function expectation({ status, code, says }: Refusal): string {
  const statuses = status.map((one) => (one === 0 ? 'connection closed' : String(one))).join(' or ');
  const parts = [statuses, code?.join(' or '), says].filter((part) => part);
  return parts.join('; ');
}

/** Answered, and kept by no cache. */
export const NOT_CACHED: Refusal = refuse(200, undefined, {
  says: 'Cache-Control: no-store',
  holds: ({ headers }) =>
    /no-store/.test(headers['cache-control'] ?? '')
      ? undefined
      : `Cache-Control: ${headers['cache-control']}`,
});
