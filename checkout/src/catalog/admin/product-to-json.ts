import type { StockedProduct } from '@shopfast/db/products';
import type { AdminProduct } from '@shopfast/kit/contracts/products';

/** A product as operators see it. */
export function productToJson(product: StockedProduct): AdminProduct {
  const { room_id, created_at: _, updated_at: __, sale_starts_at, sale_ends_at, ...rest } = product;
  return {
    ...rest,
    room: room_id,
    sale_starts_at: sale_starts_at?.toISOString() ?? null,
    sale_ends_at: sale_ends_at?.toISOString() ?? null,
  };
}
