import type { Sql } from '@shopfast/db/client';
import { type CatalogProduct, readCatalog } from '@shopfast/db/stock';
import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';

const REFRESH_MS = 1_000;

/** The products as they were at most one second ago. One query a second per process, for any number of readers. */
export type Catalog = {
  /** @throws Problem `unavailable` until the first read succeeds */
  products(): ProductDocument[];
  /** @throws Problem `product_unknown`, `unavailable` */
  product(id: string): ProductDocument;
  refresh(): Promise<void>;
  /** Call it after a change, so that its author sees it. If it fails, the next refresh comes within a second. */
  refreshSoon(): void;
};

export function createCatalog(sql: Sql): Catalog {
  let snapshot: Map<string, ProductDocument> | undefined;
  const read = () => {
    if (!snapshot) throw new Problem('unavailable');
    return snapshot;
  };
  const refresh = async () => {
    const rows = await readCatalog(sql);
    snapshot = new Map(rows.map((row) => [row.id, toDocument(row)]));
  };
  return {
    refresh,
    refreshSoon: () => void refresh().catch(() => {}),
    products: () => [...read().values()],
    product: (id) => {
      const product = read().get(id);
      if (!product) throw new Problem('product_unknown');
      return product;
    },
  };
}

function toDocument({ room_id, stock, available, held, ...product }: CatalogProduct): ProductDocument {
  return {
    ...product,
    room: room_id,
    sale_starts_at: product.sale_starts_at?.toISOString() ?? null,
    sale_ends_at: product.sale_ends_at?.toISOString() ?? null,
    availability: availability({ stock, available, held }),
  };
}

/**
 * Keeps the catalogue fresh until the lifecycle closes; resolves after the first try. The last figures stay while the
 * database is unavailable.
 */
export function keepFresh(
  catalog: Catalog,
  { lifecycle, log }: { lifecycle: Lifecycle; log: Log },
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const refresh = async () => {
    await catalog.refresh().catch((err: unknown) => log.warn({ err }, 'the catalogue could not be read'));
    if (!stopped) timer = setTimeout(() => (running = refresh()), REFRESH_MS);
  };
  let running = refresh();
  lifecycle.onClose('catalogue', () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  });
  return running;
}

/** "low": at most a fifth of the stock or five units. "reserved": all units are held, and holds may still expire. */
export function availability(
  units: Pick<CatalogProduct, 'stock' | 'available' | 'held'>,
): ProductDocument['availability'] {
  if (units.available <= 0) return units.held > 0 ? 'reserved' : 'sold_out';
  return units.available <= Math.max(5, units.stock / 5) ? 'low' : 'available';
}
