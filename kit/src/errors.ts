/**
 * Every error that an answer of ShopFast can contain: a stable code, its HTTP status, one public sentence. A test
 * compares `docs/errors.md` with this table, in both directions.
 */
export const errorRegistry = {
  // Requests
  invalid_request: { status: 422, title: 'Something in the request is not valid.' },
  malformed_request: { status: 400, title: 'The request could not be read.' },
  body_too_large: { status: 413, title: 'The request body is too large.' },
  headers_too_large: { status: 431, title: 'The request headers are too large or too many.' },
  request_timeout: { status: 408, title: 'The request took too long to arrive.' },
  not_found: { status: 404, title: 'There is nothing at this address.' },
  method_not_allowed: { status: 405, title: 'This address does not support that method.' },
  // Rooms and tickets
  room_unknown: { status: 404, title: 'There is no such waiting room.' },
  room_closed: { status: 409, title: 'This waiting room is closed.' },
  room_rejects: { status: 409, title: 'This waiting room accepts nobody new at the moment.' },
  room_not_open: { status: 409, title: 'This waiting room has not opened yet.' },
  room_exists: { status: 409, title: 'A room with this id exists already.' },
  template_unknown: { status: 404, title: 'There is no such settings template.' },
  state_conflict: { status: 409, title: 'The room’s current state does not allow this change.' },
  edit_conflict: { status: 412, title: 'Somebody changed this in the meantime; read it again, then retry.' },
  stale_version: { status: 409, title: 'A newer figure is already known.' },
  ticket_missing: { status: 401, title: 'A ticket is needed: join the room first.' },
  ticket_unknown: { status: 404, title: 'This ticket is not known in this room; join again.' },
  ticket_expired: { status: 410, title: 'This ticket has ended; join again for a new place.' },
  place_taken: { status: 409, title: 'This e-mail address has a place in this room already.' },
  proof_required: { status: 403, title: 'This room requires a proof of work before you can join.' },
  proof_invalid: { status: 403, title: 'This proof of work is not valid; get a new challenge.' },
  invite_required: { status: 403, title: 'This room is for invited guests: an invite code is needed.' },
  code_invalid: { status: 403, title: 'This code is not valid here, or has been used up.' },
  not_waiting: { status: 409, title: 'This ticket is no longer waiting: its turn has come.' },
  reminder_refused: { status: 409, title: 'This address gets no more reminders from this room.' },
  not_called: { status: 409, title: 'It is not your turn yet.' },
  // Reservation tokens and orders
  token_missing: {
    status: 401,
    title: 'A reservation token is needed: wait for your turn in the waiting room.',
  },
  token_invalid: { status: 401, title: 'This reservation token is not valid.' },
  token_expired: { status: 401, title: 'This reservation token has expired; queue again.' },
  token_revoked: { status: 401, title: 'This reservation was revoked or given back; queue again.' },
  token_not_bound: { status: 403, title: 'This reservation token belongs to another browser.' },
  token_wrong_room: { status: 403, title: 'This reservation token is for another sale.' },
  queue_required: { status: 403, title: 'This address is behind a waiting room: wait for your turn first.' },
  token_spent: { status: 409, title: 'This reservation token has been used already.' },
  sold_out: { status: 409, title: 'All units are sold or on hold.' },
  not_on_sale: { status: 409, title: 'This product is not on sale at this time.' },
  purchase_limit: { status: 409, title: 'This is more than the limit for one customer.' },
  product_unknown: { status: 404, title: 'There is no such product.' },
  order_unknown: { status: 404, title: 'There is no such order.' },
  order_forbidden: { status: 403, title: 'This order belongs to somebody else.' },
  order_not_cancellable: { status: 409, title: 'This order can no longer be cancelled.' },
  // Accounts
  credentials_invalid: { status: 401, title: 'This e-mail address and password do not match.' },
  email_unverified: {
    status: 403,
    title: 'This e-mail address is not verified yet: follow the link in the mail.',
  },
  link_invalid: { status: 400, title: 'This link has been used, has expired, or is incomplete.' },
  session_missing: { status: 401, title: 'You are not signed in.' },
  session_unknown: { status: 404, title: 'There is no such session; it may have ended already.' },
  origin_forbidden: { status: 403, title: 'This request did not come from a page of the shop.' },
  order_not_refundable: { status: 409, title: 'This order has no payment that can be refunded.' },
  signature_invalid: { status: 400, title: 'The signature of this message is not valid.' },
  // Operators
  key_missing: { status: 401, title: 'An admin key is needed.' },
  key_invalid: { status: 401, title: 'This admin key is not valid.' },
  role_forbidden: { status: 403, title: 'This admin key may not do that.' },
  request_in_progress: { status: 409, title: 'The same request is still running; try again in a moment.' },
  product_exists: { status: 409, title: 'A product with this id exists already.' },
  stock_out_of_range: {
    status: 409,
    title: 'The stock cannot be less than the units on hold and sold, or more than 1,000,000,000.',
  },
  webhook_unknown: { status: 404, title: 'There is no such webhook.' },
  key_unknown: { status: 404, title: 'There is no such key.' },
  dead_letter_unknown: { status: 404, title: 'There is no such dead letter.' },
  // The system
  rate_limited: { status: 429, title: 'Too many requests; wait a moment.' },
  overloaded: { status: 503, title: 'Busy right now; your place is safe, try again in a moment.' },
  unavailable: {
    status: 503,
    title: 'A part of the shop is unavailable for a moment; your place is safe, try again.',
  },
  upstream_unreachable: { status: 502, title: 'The shop did not answer.' },
  upstream_timeout: { status: 504, title: 'The shop took too long to answer.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorRegistry;

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
    super(options.detail ?? errorRegistry[code].title, { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.members = options.members;
  }

  get status(): number {
    return errorRegistry[this.code].status;
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
    title: errorRegistry[problem.code].title,
    status: problem.status,
    code: problem.code,
    ...(problem.detail ? { detail: problem.detail } : {}),
    ...(problem.errors ? { errors: problem.errors } : {}),
    ...(requestId ? { request_id: requestId } : {}),
  };
}
