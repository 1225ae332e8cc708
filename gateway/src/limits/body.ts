import { Problem } from '@shopfast/kit/errors';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** Refuses bodies of more than so many bytes with `body_too_large`, whether their length is told or not. */
export function limitBody(bytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });
}
