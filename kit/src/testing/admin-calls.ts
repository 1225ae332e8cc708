import type { DocumentedCall } from './documented-calls.ts';

/** Bodies that no admin call accepts, or even reads to the end. */
const WRONG_BODIES = ['{"nonsense":true}', '{', 'null', '', `"${'x'.repeat(70_000)}"`];

/** Path parameters that do not exist, and invalid ones. */
const WRONG_PARTS = ['nowhere', '%00'];

export type AdminRequest = {
  what: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/**
 * Requests for the changing admin calls of a document, each with invalid content. A caller without the right must get
 * only that refusal, and learn nothing else.
 */
export function* wrongAdminRequests(calls: readonly DocumentedCall[]): Generator<AdminRequest> {
  for (const { method, path, isAdmin } of calls) {
    if (!isAdmin || method === 'GET') continue;
    for (const part of WRONG_PARTS) {
      const target = path.replaceAll(/\{\w+\}/g, part);
      for (const body of WRONG_BODIES)
        yield {
          what: `${method} ${path} with ${part} and ${body.slice(0, 20)}`,
          ...{ method, path: target, body },
          // Also invalid, and read before the body.
          headers: { 'content-type': 'application/json', 'idempotency-key': 'é', 'if-match': 'none' },
        };
    }
  }
}
