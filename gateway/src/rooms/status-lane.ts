import type { FastLane } from '@shopfast/kit/http';
import { requestIdFor } from '@shopfast/kit/request-id';
import { MAX_HEADERS } from '@shopfast/kit/wire-limits';
import type { Gateway } from '../deps.ts';
import { observeAs } from '../meters.ts';
import { type SharedStatus, STATUS_CACHE_CONTROL } from './status.ts';

const BEFORE = '/v1/rooms/';
const AFTER = '/status';

/**
 * Answers the shared status straight from Node's server: a whole crowd reads it, and the way through the framework would cost
 * as much as the answer. Only what is asked plainly: an unknown room, a rehearsal, a condition, a query go the whole way.
 */
export function createStatusLane(gateway: Gateway, shared: SharedStatus): FastLane {
  const observe = observeAs(gateway.meters, 'status');

  return (incoming, outgoing) => {
    const url = incoming.url as string;
    if (incoming.method !== 'GET' || !url.startsWith(BEFORE) || !url.endsWith(AFTER)) return false;
    const room = gateway.rooms.find(url.slice(BEFORE.length, -AFTER.length));
    if (!room || room.settings.rehearsal) return false;
    if (incoming.rawHeaders.length > 2 * MAX_HEADERS || incoming.headers['if-none-match']) return false;

    const started = performance.now();
    const { body, etag } = shared.of(room);
    const id = requestIdFor(incoming.headers['x-request-id'] as string | undefined);
    outgoing.writeHead(200, {
      'Cache-Control': STATUS_CACHE_CONTROL,
      ETag: etag,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-Request-Id': id,
    });
    outgoing.end(body);
    observe(performance.now() - started);
    return true;
  };
}
