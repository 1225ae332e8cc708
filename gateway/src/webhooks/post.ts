import { Agent, request } from 'undici';
import { isPublicAddress, literalAddress, publicLookup } from './addresses.ts';

const TIMEOUT_MS = 5_000;
const MAX_READ_BYTES = 16_384;

export type Post = (url: string, body: string, headers: Record<string, string>) => Promise<void>;

/**
 * Sends webhooks: 5 s in total, no redirects (they could lead to internal addresses), no private address.
 * @returns `post`, which throws with a short reason unless the answer is 2xx
 */
export function createPost(allowsPrivate: () => boolean): { post: Post; close(): Promise<void> } {
  const limits = { connections: 4, pipelining: 1, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  const outside = new Agent({ ...limits, connect: { timeout: TIMEOUT_MS, lookup: publicLookup } });
  const anywhere = new Agent({ ...limits, connect: { timeout: TIMEOUT_MS } });

  return {
    post: async (url, body, headers) => {
      const literal = literalAddress(new URL(url));
      if (literal && !allowsPrivate() && !isPublicAddress(literal))
        throw new Error('the address is not public');
      const answer = await request(url, {
        dispatcher: allowsPrivate() ? anywhere : outside,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'ShopFast-Webhooks/1', ...headers },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body.dump({ limit: MAX_READ_BYTES });
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw new Error(`answered ${answer.statusCode}`);
    },
    close: async () => {
      await Promise.all([outside.destroy(), anywhere.destroy()]);
    },
  };
}
