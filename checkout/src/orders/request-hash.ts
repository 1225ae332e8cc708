import { createHash } from 'node:crypto';
import type { OrderRequest } from '@shopfast/kit/contracts/api';

/** SHA-256 of what was asked for, to tell a repeated request from another one under the same key. */
export function requestHash(request: OrderRequest): string {
  const { product_id, quantity, email, payment_method } = request;
  return createHash('sha256')
    .update(JSON.stringify([product_id, quantity, email, payment_method]))
    .digest('hex');
}
