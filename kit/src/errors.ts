import { translateOf } from './i18n/catalogues.ts';
import type { ProblemsMessages } from './i18n/messages/problems.ts';

/**
 * Every error that an answer of ShopFast can contain: a stable code and its HTTP status. Its public sentence is in
 * `i18n/catalogues/problems`. A test compares `docs/errors.md` with this table, in both directions.
 */
export const errorStatus = {
  // Requests
  invalid_request: 422,
  malformed_request: 400,
  body_too_large: 413,
  headers_too_large: 431,
  request_timeout: 408,
  not_found: 404,
  method_not_allowed: 405,
  // Rooms and tickets
  room_unknown: 404,
  room_closed: 409,
  room_rejects: 409,
  room_not_open: 409,
  room_exists: 409,
  template_unknown: 404,
  state_conflict: 409,
  edit_conflict: 412,
  stale_version: 409,
  ticket_missing: 401,
  ticket_unknown: 404,
  ticket_expired: 410,
  place_taken: 409,
  proof_required: 403,
  proof_invalid: 403,
  invite_required: 403,
  code_invalid: 403,
  not_waiting: 409,
  reminder_refused: 409,
  not_called: 409,
  // Reservation tokens and orders
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  token_revoked: 401,
  token_not_bound: 403,
  token_wrong_room: 403,
  queue_required: 403,
  token_spent: 409,
  sold_out: 409,
  not_on_sale: 409,
  purchase_limit: 409,
  product_unknown: 404,
  order_unknown: 404,
  order_forbidden: 403,
  order_not_cancellable: 409,
  // Accounts
  credentials_invalid: 401,
  email_unverified: 403,
  link_invalid: 400,
  session_missing: 401,
  session_unknown: 404,
  origin_forbidden: 403,
  order_not_refundable: 409,
  signature_invalid: 400,
  // Operators
  key_missing: 401,
  key_invalid: 401,
  role_forbidden: 403,
  request_in_progress: 409,
  product_exists: 409,
  stock_out_of_range: 409,
  webhook_unknown: 404,
  key_unknown: 404,
  dead_letter_unknown: 404,
  // The system
  rate_limited: 429,
  overloaded: 503,
  unavailable: 503,
  upstream_unreachable: 502,
  upstream_timeout: 504,
  internal: 500,
} as const satisfies Record<keyof ProblemsMessages, number>;

export type ErrorCode = keyof typeof errorStatus;

export type FieldError = { field: string; message: string };

export type ProblemOptions = {
  /** A public sentence about this case. Never internals, never secrets. */
  detail?: string;
  /** The invalid fields, for `invalid_request`. */
  errors?: FieldError[];
  /** Seconds until a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Extension members of the document (RFC 9457, 3.2): public facts that a program can act on. */
  members?: Record<string, string>;
  cause?: unknown;
};

/** The title of an error in English. */
export const englishTitle = translateOf('problems', 'en');

/** An error that the caller gets as RFC 9457 problem+json. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly members: Record<string, string> | undefined;

  constructor(code: ErrorCode, options: ProblemOptions = {}) {
    // An answer, not a failure of ours: nobody reads its stack, and a crowd of refusals would pay for it.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(options.detail ?? englishTitle(code), { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.members = options.members;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  errors?: FieldError[];
  request_id?: string;
};

/** The body of an error answer, as in RFC 9457. */
export function problemDocument(problem: Problem, requestId?: string): ProblemDocument {
  return {
    ...problem.members,
    type: `urn:shopfast:error:${problem.code}`,
    title: englishTitle(problem.code),
    status: problem.status,
    code: problem.code,
    ...(problem.detail ? { detail: problem.detail } : {}),
    ...(problem.errors ? { errors: problem.errors } : {}),
    ...(requestId ? { request_id: requestId } : {}),
  };
}
