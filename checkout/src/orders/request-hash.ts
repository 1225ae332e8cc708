import { hash } from 'node:crypto';
import type { OrderRequest } from '@shopfast/kit/contracts/api';
import { wantedItems } from './wanted-items.ts';

/** SHA-256 of the request, to tell a repeated request from another one with the same key. */
export function requestHash(request: OrderRequest): string {
  const { email, payment_method, destination } = request;
  const items = wantedItems(request).map(({ product_id, quantity }) => [product_id, quantity]);
  const { country, region, postal_code } = destination ?? {};
  const where = destination ? [[country, region ?? null, postal_code ?? null]] : [];
  return hash('sha256', JSON.stringify([...items.flat(), email, payment_method, ...where]));
}
