import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { useAppContext } from './app-context.tsx';
import { Availability } from './availability.tsx';
import { Heading } from './heading.tsx';
import { Link } from './navigation.tsx';
import { ProblemNote } from './problem-note.tsx';
import { ReservationBanner } from './reservation-banner.tsx';
import { productPath } from './routes.ts';
import { useAsked } from './use-asked.ts';

/** How often an open page refreshes the availability. */
export const REFRESH_MS = 15_000;
export const PRODUCTS = ['products'];

/** All products; those with a reservation of this shopper come first. */
export function ProductList() {
  const { t, calls, reservationStore } = useAppContext();
  const { body, failure } = useAsked(PRODUCTS, calls.products, { pauseMs: () => REFRESH_MS });
  const rooms = new Set(reservationStore.reservations().map(({ room }) => room));
  const turn = (product: ProductDocument) => Number(product.room !== null && rooms.has(product.room));
  const products = body && [...body.products].sort((a, b) => turn(b) - turn(a));
  return (
    <>
      <Heading>{t('list.title')}</Heading>
      {reservationStore.reservations().map((reservation) => (
        <ReservationBanner key={reservation.jti} reservation={reservation} />
      ))}
      {failure && !body && <ProblemNote failure={failure} />}
      {!body && !failure && <p className="lead">{t('page.loading')}</p>}
      {products?.length === 0 && <p className="lead">{t('list.empty')}</p>}
      {products && products.length > 0 && (
        <ul className="products">
          {products.map((product) => (
            <li key={product.id}>
              <ProductCard product={product} turn={turn(product) === 1} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ProductCard({ product, turn }: { product: ProductDocument; turn: boolean }) {
  const { t, amounts } = useAppContext();
  return (
    <article className="card product" data-product={product.id}>
      <ProductPicture name={product.name} />
      <h2>
        <Link to={productPath(product.id)}>
          <bdi>{product.name}</bdi>
        </Link>
      </h2>
      <p className="about">
        <bdi>{product.description}</bdi>
      </p>
      <p className="price">
        <strong>{amounts.money(product.price, product.currency)}</strong>
        <Availability of={product.availability} />
      </p>
      {turn && <span className="button">{t('product.buy')}</span>}
    </article>
  );
}

/** A placeholder for a photo: the name's first letter. */
export function ProductPicture({ name }: { name: string }) {
  return (
    <div className="picture" aria-hidden="true">
      {[...name][0]}
    </div>
  );
}
