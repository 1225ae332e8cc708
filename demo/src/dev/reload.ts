import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EventStream, encodeEvent, encodeRetry, openEventStream } from '@shopfast/kit/event-stream';

const SCRIPT_PATH = '/__dev/reload.js';
const EVENTS_PATH = '/__dev/events';
const MAX_BUFFERED_BYTES = 16_384;

/**
 * Only a visible page listens: a browser opens at most six connections to an origin. The address of the script
 * has the version that the page was made from, so that no change between the two is missed.
 */
const SCRIPT = `(() => {
  const mine = new URL(document.currentScript.src).searchParams.get('version');
  let events;
  const listen = () => {
    events?.close();
    events = undefined;
    if (document.hidden) return;
    events = new EventSource('${EVENTS_PATH}');
    events.onmessage = ({ data }) => data !== mine && location.reload();
  };
  document.addEventListener('visibilitychange', listen);
  listen();
})();
`;

export type Reload = {
  /** The element that makes a page reload; its policy must allow scripts and connections of its own origin. */
  element(): string;
  /** Reloads every open page. */
  everywhere(): void;
  /** Answers the script's requests. @returns false for any other request */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
};

export function createReload(): Reload {
  // Changes when this program restarts, so that older pages reload too.
  const run = randomBytes(4).toString('hex');
  const listeners = new Set<EventStream>();
  let count = 0;
  const version = () => `${run}-${count}`;

  return {
    element: () => `<script src="${SCRIPT_PATH}?version=${version()}"></script>`,
    everywhere: () => {
      count += 1;
      for (const listener of listeners) listener.send(encodeEvent(version()));
    },
    answer: (request, response) => {
      const path = request.url?.split('?')[0];
      if (path === SCRIPT_PATH) {
        response
          .writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' })
          .end(SCRIPT);
        return true;
      }
      if (path !== EVENTS_PATH) return false;
      const onClose = () => listeners.delete(listener);
      const listener = openEventStream(response, { maxBufferedBytes: MAX_BUFFERED_BYTES, onClose });
      listener.send(encodeRetry(500) + encodeEvent(version()));
      listeners.add(listener);
      return true;
    },
  };
}
