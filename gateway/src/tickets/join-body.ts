import { type JoinRequest, joinRequest } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { type HotPathContext, isOverHttp, requestHeader } from '@shopfast/kit/hot-path';
import { invalidRequest } from '@shopfast/kit/http';
import { readBody } from '@shopfast/kit/read-body';

const MAX_JOIN_BYTES = 4_096;
const EMPTY_REQUEST: JoinRequest = {};

/** A join needs no body. A body must be valid, and is not read beyond 4 kB. */
export function readJoinBody(c: HotPathContext): JoinRequest | Promise<JoinRequest> {
  return hasAnnouncedBody(c) ? readAnnounced(c) : EMPTY_REQUEST;
}

async function readAnnounced(c: HotPathContext): Promise<JoinRequest> {
  const text = await readBody(c, MAX_JOIN_BYTES);
  if (text === '') return EMPTY_REQUEST;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem('malformed_request', { detail: 'The body is not JSON.' });
  }
  const parsed = joinRequest.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
  return parsed.data;
}

/** Checked in the headers, because access to the body itself creates a Request. */
function hasAnnouncedBody(c: HotPathContext): boolean {
  if (requestHeader(c, 'transfer-encoding') !== undefined) return true;
  const length = requestHeader(c, 'content-length');
  if (length !== undefined) return length !== '0';
  return isOverHttp(c) ? false : c.req.raw.body !== null;
}
