import { BINDING_HEADER, bindingCookie, isBound } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { bearer } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { verifyReservation } from './verify.ts';

/**
 * Lets nobody pass without a reservation token that is genuine, in time and presented by the browser it was given to.
 * An expired one passes with an Idempotency-Key only: it may be the repetition of an order whose answer got lost.
 */
export function requireReservation(checkout: Checkout): MiddlewareHandler<CheckoutHttpEnv> {
  return async (c, next) => {
    const token = bearer(c);
    if (!token) throw new Problem('token_missing');
    const reservation = await verifyReservation(checkout, token);
    if (reservation.expired && !c.req.header('idempotency-key')) throw new Problem('token_expired');
    const { claims } = reservation;
    const secret = c.req.header(BINDING_HEADER) ?? getCookie(c, bindingCookie(claims.room));
    if (!isBound(claims, secret)) throw new Problem('token_not_bound');
    c.set('reservation', reservation);
    await next();
  };
}
