import type { ServerResponse } from 'node:http';

export type EventStream = {
  /** Writes an encoded event or comment. A reader that is too slow is disconnected, and reconnects when it can. */
  send(text: string): void;
  /** Writes the last text and closes. A reader that does not take it is disconnected. */
  end(finalText: string): void;
  /** Disconnects at once. */
  cut(): void;
};

/** How long the reader has for the last text. */
const FINAL_WRITE_MS = 5_000;

/** A comment line. It keeps proxies from closing an idle connection. */
export const HEARTBEAT = ':\n\n';

/** An encoded event. @param data one line, such as JSON */
export const encodeEvent = (data: string, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`;

/**
 * The reader reconnects after a pause.
 * @param toMs a random pause up to this: all readers of a process that stops reconnect, but not at the same moment
 */
export const encodeRetry = (fromMs: number, toMs = fromMs): string =>
  `retry: ${fromMs + Math.round(Math.random() * (toMs - fromMs))}\n\n`;

/**
 * Takes over a raw response for server-sent events. Hono's `streamSSE` would need three times the memory.
 * @param stream.maxBufferedBytes the most memory that a slow reader may occupy
 * @param stream.onClose called exactly once when the stream ends
 */
export function openEventStream(
  outgoing: ServerResponse,
  stream: { requestId?: string; maxBufferedBytes: number; onClose: () => void },
): EventStream {
  outgoing.once('close', stream.onClose);
  outgoing.on('error', () => outgoing.destroy());
  outgoing.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
    ...(stream.requestId === undefined ? {} : { 'X-Request-Id': stream.requestId }),
  });
  return {
    send: (text) => {
      outgoing.write(text);
      if (outgoing.writableLength > stream.maxBufferedBytes) outgoing.destroy();
    },
    end: (finalText) => {
      const timer = setTimeout(() => outgoing.destroy(), FINAL_WRITE_MS);
      outgoing.once('close', () => clearTimeout(timer));
      outgoing.end(finalText);
    },
    cut: () => outgoing.destroy(),
  };
}
