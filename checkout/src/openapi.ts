import { z } from 'zod';

/** The head of `/openapi.json`. */
export const API_DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'ShopFast checkout',
    version: '1.0.0',
    description: 'The catalogue, and buying with a reservation token from the waiting room.',
  },
} as const;

export function answers<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  request_id: z.string().optional(),
});

/** A refusal as RFC 9457 problem document; docs/errors.md lists the codes. */
export function problem(description = 'Refused') {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}
