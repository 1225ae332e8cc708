import { Problem } from './errors.ts';
import { type HotPathContext, incomingOf, requestHeader } from './hot-path.ts';

/**
 * The body of a request as text, from Node's own stream where there is one, so that no Request object is created.
 * @throws Problem `body_too_large` as soon as more than `most` bytes are announced or received
 */
export async function readBody(c: HotPathContext, most: number): Promise<string> {
  if (Number(requestHeader(c, 'content-length')) > most) throw new Problem('body_too_large');
  const incoming = incomingOf(c);
  if (!incoming) return readWeb(c.req.raw.body, most);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and discarded, so that the client can read the refusal.
      if (size > most) reject(new Problem('body_too_large'));
      else chunks.push(chunk);
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.once('error', reject);
  });
}

async function readWeb(body: ReadableStream<Uint8Array> | null, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new Problem('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
