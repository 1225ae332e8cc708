import { z } from '../contracts/zod.ts';
import { type ErrorCode, errorRegistry } from '../errors.ts';

/** How every service describes its calls: bodies, answers, problems, and what a caller must show. */

const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });

/** A required JSON body. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: json(schema) });

/** An answer in JSON. */
export const answers = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: json(schema),
});

const header = (description: string) => ({ description, schema: { type: 'string' as const } });
/** Headers of answers. */
export const ETAG = { ETag: header('The version; send it as If-Match with a change') };
export const LOCATION = { Location: header('The path of what was created') };

/** An answer that is not JSON. */
export const page = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string() } },
});
export const eventStream = (description: string) => ({
  description,
  content: { 'text/event-stream': { schema: z.string() } },
});

/** A refusal as RFC 9457 problem document; docs/errors.md lists the codes. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('stable; docs/errors.md lists all'),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    request_id: z.string().optional(),
  })
  .openapi('Problem');

/** Their answers say when to try again. */
const WITH_RETRY: readonly number[] = [429, 503];

/** The answers of a call for these errors, by status. Each has its error's example, see `finish.ts`. */
export function problems(...codes: ErrorCode[]) {
  const byStatus = Map.groupBy(new Set(codes), (code) => errorRegistry[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: named.map((code) => `\`${code}\`: ${errorRegistry[code].title}`).join(' '),
        ...(WITH_RETRY.includes(status)
          ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' as const } } } }
          : {}),
        content: {
          'application/problem+json': {
            schema: problemSchema,
            examples: Object.fromEntries(
              named.map((code) => [code, { $ref: `#/components/examples/${code}` as const }]),
            ),
          },
        },
      },
    ]),
  );
}

/** What any admin call may refuse. */
const ANY_ADMIN = [
  'key_missing',
  'key_invalid',
  'role_forbidden',
  'rate_limited',
  'unavailable',
] as const satisfies ErrorCode[];
export const adminProblems = (...codes: ErrorCode[]) => problems(...ANY_ADMIN, ...codes);

/** What a call with a JSON body may refuse. */
export const OF_A_BODY = [
  'malformed_request',
  'body_too_large',
  'invalid_request',
] as const satisfies ErrorCode[];

/** What a caller must show. Each constant is the `security` of a call. */
export const NO_KEY: Record<string, string[]>[] = [];
export const ADMIN_KEY = [{ adminKey: [] }];
/** The job board is for browsers, which ask for a password. */
export const ADMIN_KEY_OR_PASSWORD = [{ adminKey: [] }, { adminKeyAsPassword: [] }];
export const TICKET = [{ ticketToken: [] }, { ticketCookie: [] }];
/** A token is bound to the browser or app that claimed it: it also needs the binding. */
export const RESERVATION = [{ reservationToken: [] }];
export const ORDER = [{ orderToken: [] }, { session: [] }];
export const SESSION = [{ session: [] }];

const bearer = (description: string) => ({ type: 'http' as const, scheme: 'bearer', description });
const cookie = (name: string, description: string) => ({
  ...{ type: 'apiKey' as const, in: 'cookie' as const, name, description },
});

export const SECURITY_SCHEMES = {
  adminKey: bearer('An admin key (`adm_…`). Its role decides what it may do: viewer, operator or owner.'),
  adminKeyAsPassword: {
    ...{ type: 'http' as const, scheme: 'basic' },
    description: 'An admin key as the password of HTTP Basic, for pages in a browser. The name is ignored.',
  },
  ticketToken: bearer('The `ticket` of the join (`tkt_…`), for apps and programs.'),
  // Braces would be no valid name, and a generated client that sends the cookie would fail.
  ticketCookie: cookie(
    '__Host-ticket_room',
    'Set by the join, for browsers. `room` at the end of the name stands for the id of the room.',
  ),
  reservationToken: bearer(
    'The `reservation_token` of the claim, a JWT. It buys once, together with its `binding`: header or cookie.',
  ),
  orderToken: bearer('The `order_token` that came with the order (`ord_…`).'),
  session: cookie(
    '__Host-account.session_token',
    'Set by sign-in. Requests that change something also need the shop’s own `Origin`.',
  ),
} as const;
