import { z } from 'zod';
import { JOB_BOARD, QUEUES } from './jobs.ts';
import { pageSize, rowNumber } from './text.ts';

/** Operators' calls that the workers answer and the gateway proxies. Both use these schemas. */

/** Query of a list of dead letters. */
export const deadLetterPage = z.strictObject({
  queue: z.enum(QUEUES).optional(),
  /** true: only those that were sent again; false: only those that were not; absent: all. */
  resent: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** `next_before` of the previous page. */
  before: rowNumber.optional(),
  limit: pageSize({ most: 500, usual: 100 }),
});

/** Path parameters of one dead letter. */
export const deadLetterParams = z.object({ id: rowNumber });

/** Every call, by method and path. */
export const WORKERS_CALLS = {
  list: { method: 'get', path: '/v1/admin/dead-letters', request: { query: deadLetterPage } },
  resend: {
    method: 'post',
    path: '/v1/admin/dead-letters/{id}/resend',
    request: { params: deadLetterParams },
  },
  figures: { method: 'get', path: '/v1/admin/jobs', request: {} },
  board: { method: 'get', path: JOB_BOARD, request: {} },
} as const;
