import { bearer } from '@shopfast/kit/http';
import type { Context } from 'hono';
import { StripeRefusal } from './errors.ts';

/** @throws StripeRefusal 401 unless the caller presents the key, or any test key if none is set */
export function checkKey(c: Context, secretKey: string | undefined): void {
  const key = bearer(c);
  if (!key)
    throw unauthorized(
      'You did not provide an API key. Provide it in the Authorization header: Bearer YOUR_SECRET_KEY.',
    );
  const isRight = secretKey === undefined ? /^(sk|rk)_test_\w+$/.test(key) : key === secretKey;
  if (!isRight) throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`);
}

function unauthorized(message: string): StripeRefusal {
  return new StripeRefusal(401, { type: 'invalid_request_error', message }, false);
}
