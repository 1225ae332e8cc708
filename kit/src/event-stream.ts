import type { ServerResponse } from 'node:http';

export type EventStream = {
  /** Writes an event or a comment, ready-made; a reader who is too slow is cut off, and comes back when it can. */
  send(text: string): void;
  /** Says the last words and closes; a reader who does not take them is cut off. */
  end(lastWords: string): void;
};

/** How long the last words may take to be read. */
const FAREWELL_MS = 5_000;

/** A comment: keeps proxies from cutting a silent connection. */
export const HEARTBEAT = ':\n\n';

/**
 * Takes over a raw response for server-sent events: Hono's `streamSSE` would cost three times its memory.
 * @param stream.mostBufferedBytes what a slow reader may hold of our memory
 * @param stream.onClose called once, however the stream ends
 */
export function openEventStream(
  outgoing: ServerResponse,
  stream: { requestId: string; mostBufferedBytes: number; onClose: () => void },
): EventStream {
  outgoing.once('close', stream.onClose);
  outgoing.on('error', () => outgoing.destroy());
  outgoing.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
    'X-Request-Id': stream.requestId,
  });
  return {
    send: (text) => {
      outgoing.write(text);
      if (outgoing.writableLength > stream.mostBufferedBytes) outgoing.destroy();
    },
    end: (lastWords) => {
      outgoing.end(lastWords);
      const cut = setTimeout(() => outgoing.destroy(), FAREWELL_MS);
      outgoing.once('close', () => clearTimeout(cut));
    },
  };
}
