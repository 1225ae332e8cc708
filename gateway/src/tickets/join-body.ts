import { z } from '@hono/zod-openapi';
import { Problem } from '@shopfast/kit/errors';
import { isOverHttp, requestHeader } from '@shopfast/kit/hot-route';
import { invalidRequest } from '@shopfast/kit/http';
import type { Context } from 'hono';

/** The body of a join. */
export const joinRequest = z.strictObject({
  email: z.email().max(254).optional(),
  code: z.string().max(500).optional(),
  proof: z.string().max(4_000).optional(),
  locale: z
    .string()
    .max(35)
    .regex(/^[A-Za-z0-9-]*$/, 'must be a BCP 47 language tag')
    .optional(),
});

export type JoinRequest = z.output<typeof joinRequest>;

const MOST_JOIN_BYTES = 4_096;
const NOTHING_SAID: JoinRequest = {};

/** A join needs no body; what is sent must be right, and is not read beyond 4 kB. */
export function readJoinBody(c: Context): JoinRequest | Promise<JoinRequest> {
  return announcesBody(c) ? readAnnounced(c) : NOTHING_SAID;
}

async function readAnnounced(c: Context): Promise<JoinRequest> {
  if (Number(requestHeader(c, 'content-length')) > MOST_JOIN_BYTES) throw new Problem('body_too_large');
  const text = await readAtMost(c.req.raw, MOST_JOIN_BYTES);
  if (text === '') return NOTHING_SAID;
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

/** Told from the headers, because looking at the body itself builds a whole Request. */
function announcesBody(c: Context): boolean {
  if (requestHeader(c, 'transfer-encoding') !== undefined) return true;
  const length = requestHeader(c, 'content-length');
  if (length !== undefined) return length !== '0';
  return isOverHttp(c) ? false : c.req.raw.body !== null;
}

async function readAtMost(request: Request, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new Problem('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
