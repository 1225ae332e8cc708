import type { ProductList } from '@shopfast/kit/contracts/api';
import { useQueryClient } from '@tanstack/react-query';
import { useAppContext } from './app-context.tsx';
import type { Answered } from './asking.ts';
import { Availability } from './availability.tsx';
import { FailedPage } from './failed-page.tsx';
import { Heading } from './heading.tsx';
import { PRODUCTS, ProductPicture, REFRESH_MS } from './product-list.tsx';
import { PurchasePanel } from './purchase-panel.tsx';
import { useAsked } from './use-asked.ts';

/** One product, with a link to its waiting room, or the order form after the claim. */
export function ProductPage({ id }: { id: string }) {
  const { t, amounts, calls } = useAppContext();
  const queries = useQueryClient();
  const { body: product, failure } = useAsked(['product', id], () => calls.product(id), {
    pauseMs: () => REFRESH_MS,
    // The list's data is shown until the answer arrives.
    placeholder: () =>
      queries.getQueryData<Answered<ProductList>>(PRODUCTS)?.body.products.find((one) => one.id === id),
  });
  if (!product)
    return failure ? <FailedPage failure={failure} /> : <p className="lead">{t('page.loading')}</p>;
  return (
    <div className="two" key="product">
      <div>
        <ProductPicture name={product.name} />
        <Heading>{product.name}</Heading>
        <p className="price">
          <strong>{amounts.money(product.price, product.currency)}</strong>
          <Availability of={product.availability} />
        </p>
        <p className="about">
          <bdi>{product.description}</bdi>
        </p>
        <p className="about">{t('product.limit', { count: product.per_customer_limit })}</p>
      </div>
      {product.room === null ? (
        <p className="card counter">{t('product.no_room')}</p>
      ) : (
        <PurchasePanel product={product} room={product.room} />
      )}
    </div>
  );
}
