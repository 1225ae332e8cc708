import { type AdminEnv, requires } from '@shopfast/kit/admin/authenticate';
import type { MiddlewareHandler } from 'hono';
import { limitBody } from '../limits/body.ts';

/** The largest body of an admin call. */
const ADMIN_BODY_BYTES = 65_536;

/**
 * The checks of every admin call, in this order: the role, then the size of the body. The body is parsed only after
 * them.
 */
export const needs = (role: Parameters<typeof requires>[0]): MiddlewareHandler<AdminEnv>[] => [
  requires(role),
  limitBody(ADMIN_BODY_BYTES),
];
