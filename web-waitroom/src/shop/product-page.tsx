import { useCallback } from 'react';
import { Availability } from './availability.tsx';
import { Counter } from './counter.tsx';
import { Link } from './navigation.tsx';
import { ProblemNote } from './problem-note.tsx';
import { LOOK_AGAIN_MS, ProductPicture } from './product-list.tsx';
import { listPath } from './routes.ts';
import { Heading } from './shop.tsx';
import { useSurroundings } from './surroundings.tsx';
import { useAnswer } from './use-answer.ts';

/** One product, and the way to it: the waiting room, or the order form for who comes from there. */
export function ProductPage({ id }: { id: string }) {
  const { t, amounts, calls } = useSurroundings();
  const question = useCallback(() => calls.product(id), [calls, id]);
  const { body: product, failure } = useAnswer(question, () => LOOK_AGAIN_MS);
  if (!product)
    return (
      <div className="narrow">
        {failure ? <ProblemNote failure={failure} /> : <p className="lead">{t('page.loading')}</p>}
        {failure && <Link to={listPath}>{t('page.home')}</Link>}
      </div>
    );
  return (
    <div className="two" key="product">
      <div>
        <ProductPicture name={product.name} />
        <Heading>{product.name}</Heading>
        <p className="price">
          <strong>{amounts.money(product.price, product.currency)}</strong>
          <Availability of={product.availability} />
        </p>
        <p className="about">{product.description}</p>
        <p className="about">{t('product.limit', { count: product.per_customer_limit })}</p>
      </div>
      {product.room === null ? (
        <p className="card counter">{t('product.no_room')}</p>
      ) : (
        <Counter product={product} room={product.room} />
      )}
    </div>
  );
}
