import { type AdminEnv, requires } from '@shopfast/kit/admin/authenticate';
import type { MiddlewareHandler } from 'hono';
import { limitBody } from '../limits/body.ts';

/** The largest body of an admin call. */
const ADMIN_BODY_BYTES = 65_536;

/** What every admin call passes, in this order: the role, then the size of what was sent; what it says comes after that. */
export const needs = (role: Parameters<typeof requires>[0]): MiddlewareHandler<AdminEnv>[] => [
  requires(role),
  limitBody(ADMIN_BODY_BYTES),
];
