import type { DocumentedCall } from './documented-calls.ts';

/** Bodies that no admin call takes, or that are not even read to their end. */
const WRONG_BODIES = ['{"nonsense":true}', '{', 'null', '', `"${'x'.repeat(70_000)}"`];

/** Path parameters that exist nowhere, and some that are none. */
const WRONG_PARTS = ['nowhere', '%00'];

export type AdminRequest = {
  what: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/**
 * Requests for the admin calls of a document that change something, each wrong in what it sends: whoever may not make
 * the call is told so, and learns nothing else.
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
          // Wrong as well, and read before the body.
          headers: { 'content-type': 'application/json', 'idempotency-key': 'é', 'if-match': 'none' },
        };
    }
  }
}
