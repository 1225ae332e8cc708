import { z } from '@hono/zod-openapi';
import { QUEUES } from '@shopfast/kit/contracts/jobs';
import { WORKERS_CALLS } from '@shopfast/kit/contracts/workers-calls';
import type { ApiRegistry } from '../openapi.ts';

const deadLetter = z.object({
  id: z.number().int(),
  queue: z.enum(QUEUES),
  name: z.string(),
  job_id: z.string(),
  payload: z.record(z.string(), z.unknown()),
  error: z.string(),
  attempts: z.number().int(),
  failed_at: z.iso.datetime(),
  resent_at: z.iso.datetime().nullable(),
});

/** Operators' calls that the gateway proxies to the workers, for the OpenAPI document. */
export function describeWorkersRoutes(api: ApiRegistry): void {
  const shared = { tags: ['Jobs'], security: [{ adminKey: [] }] };
  const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
  api.registerPath({
    ...shared,
    ...WORKERS_CALLS.list,
    summary: 'Jobs that used up their attempts, newest first; role viewer',
    responses: {
      200: {
        description: 'A page; next_before is null on the last page',
        content: json(
          z.object({ dead_letters: z.array(deadLetter), next_before: z.number().int().nullable() }),
        ),
      },
    },
  });
  api.registerPath({
    ...shared,
    ...WORKERS_CALLS.resend,
    summary: 'Send a dead letter again, once, as a new job; role operator',
    responses: {
      202: {
        description: 'It is in the outbox, or was sent again before',
        content: json(z.object({ id: z.number().int(), resent_before: z.boolean() })),
      },
    },
  });
  api.registerPath({
    ...shared,
    ...WORKERS_CALLS.figures,
    summary: 'The state of the background jobs; figures that cannot be read now are null; role viewer',
    responses: {
      200: {
        description: 'Outbox, queues, attempts, payment breaker, dead letters',
        content: json(
          z.object({
            at: z.iso.datetime(),
            outbox: z.object({ jobs: z.number().int(), oldest_seconds: z.number() }).nullable(),
            queues: z
              .array(
                z.object({
                  queue: z.enum(QUEUES),
                  waiting: z.number().int(),
                  active: z.number().int(),
                  delayed: z.number().int(),
                  oldest_seconds: z.number().nullable(),
                }),
              )
              .nullable(),
            attempts: z.object({
              minutes: z.number().int(),
              queues: z.array(
                z.object({
                  queue: z.enum(QUEUES),
                  done: z.number().int(),
                  later: z.number().int(),
                  failed: z.number().int(),
                }),
              ),
            }),
            payment: z.object({ breaker: z.enum(['closed', 'half_open', 'open']) }),
            dead_letters: z.record(z.string(), z.number().int()).nullable(),
          }),
        ),
      },
    },
  });
  api.registerPath({
    ...shared,
    ...WORKERS_CALLS.board,
    summary: 'The queues in a browser (bull-board); the admin key is the password; role viewer',
    responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
  });
}
