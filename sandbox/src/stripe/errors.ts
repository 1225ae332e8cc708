import type { z } from 'zod';

/** The `error` object of an answer, in Stripe's format. */
export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  doc_url?: string;
};

/** A refusal that the caller gets in Stripe's format. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /** False for requests that were refused before they were executed: their idempotency key stays free. */
  readonly wasTried: boolean;

  constructor(status: number, body: ErrorBody, wasTried = true) {
    super(body.message);
    this.status = status;
    this.body = body.code ? { ...body, doc_url: `https://stripe.com/docs/error-codes/${body.code}` } : body;
    this.wasTried = wasTried;
  }
}

export function invalidRequest(
  message: string,
  details: { code?: string; param?: string } = {},
): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', message, ...details }, false);
}

/** @param status 404 for an object in the path, 400 for one in a parameter */
export function noSuch(what: string, id: string, param: string, status: 400 | 404): StripeRefusal {
  const body = {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  } as const;
  return new StripeRefusal(status, body, false);
}

/** Checks parameters. Features that this fake Stripe does not have are refused, not ignored. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw invalidRequest('Invalid parameters');
  if (issue.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].join('.');
    throw invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const param = issue.path.map((step, depth) => (depth === 0 ? String(step) : `[${String(step)}]`)).join('');
  if (issue.code === 'invalid_type' && issue.input === undefined)
    throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  throw invalidRequest(`Invalid ${param}: ${issue.message}`, { code: 'parameter_invalid', param });
}
