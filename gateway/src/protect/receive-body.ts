import type { IncomingMessage } from 'node:http';
import { Problem } from '@shopfast/kit/errors';
import { hasBody } from '@shopfast/kit/slow-bodies';

/** The body of a request before it goes to an upstream. */
export type ReceivedBody =
  | { kind: 'none' }
  /** Complete; can be sent again. */
  | { kind: 'whole'; bytes: Buffer }
  /** Too large to buffer, or of unknown length: these bytes, and then the rest as it arrives. */
  | { kind: 'streamed'; begun: Buffer };

/** Bodies up to this size are received completely first. It fits all forms and orders of a shop. */
export const SMALL_BODY_BYTES = 65_536;
/** A chunked body that is incomplete after this time may be a conversation, and is streamed. */
const OPEN_ENDED_MS = 1_000;
/** The memory limit for all incomplete small bodies of this process. */
const MAX_BUFFERED_BYTES = 64 * 1_048_576;

/** Receives bodies for one upstream. */
export type BodyReceiver = (incoming: IncomingMessage) => Promise<ReceivedBody> | ReceivedBody;

/**
 * Receives small bodies completely, so that a slow body holds nothing but its own connection. The receiver throws
 * Problem overloaded when incomplete bodies take too much memory, and Error when the visitor disconnected.
 */
export function createBodyReceiver(): BodyReceiver {
  let kept = 0;

  function collect(incoming: IncomingMessage, maxMs: number | null): Promise<ReceivedBody> {
    const chunks: Buffer[] = [];
    let size = 0;
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        clearTimeout(timer);
        kept -= size;
        incoming.off('data', take).off('end', end).off('error', fail).off('close', gone);
        then();
      };
      const stream = () => {
        incoming.pause();
        settle(() => resolve({ kind: 'streamed', begun: Buffer.concat(chunks) }));
      };
      const take = (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        kept += chunk.length;
        if (size > SMALL_BODY_BYTES) stream();
      };
      const end = () => settle(() => resolve({ kind: 'whole', bytes: Buffer.concat(chunks) }));
      const fail = (error: Error) => settle(() => reject(error));
      const gone = () => fail(new Error('the visitor disconnected'));
      const timer = maxMs === null ? undefined : setTimeout(stream, maxMs);
      incoming.on('data', take).once('end', end).once('error', fail).once('close', gone);
    });
  }

  return (incoming) => {
    if (!hasBody(incoming)) return { kind: 'none' };
    if (incoming.destroyed) throw new Error('the visitor disconnected');
    const length = incoming.headers['content-length'];
    if (Number(length) > SMALL_BODY_BYTES) return { kind: 'streamed', begun: NOTHING };
    if (kept > MAX_BUFFERED_BYTES) throw new Problem('overloaded');
    return collect(incoming, length === undefined ? OPEN_ENDED_MS : null);
  };
}

const NOTHING = Buffer.alloc(0);
