import type { AdminProduct } from '@shopfast/kit/contracts/products';
import { useState } from 'react';
import { Heading, useAppContext, useOperator } from '../app-context.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Bar } from '../live/figures.tsx';
import { Link } from '../navigation.tsx';
import { roomPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import { ChangeProduct, NewProductForm } from './product-form.tsx';
import { Restock } from './restock.tsx';

/** Products with their units. */
export function ProductsPage() {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const { data, failure } = useAsked(['products'], calls.products, 3_000);
  return (
    <>
      <Heading>{t('products.title')}</Heading>
      <p className="lead">{t('products.lead')}</p>
      {failure && <ProblemNote failure={failure} />}
      {data?.products.length === 0 && <p>{t('products.none')}</p>}
      <ul className="products">
        {data?.products.map((product) => (
          <li key={product.id}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
      {may('operator') && <NewProductForm />}
    </>
  );
}

const UNITS = ['sold', 'held', 'available'] as const;

function ProductCard({ product }: { product: AdminProduct }) {
  const { t, formats } = useAppContext();
  const { may } = useOperator();
  const [isOpen, setOpen] = useState(false);
  return (
    <article className="card panel product" data-product={product.id}>
      <header>
        <h2>{product.name}</h2>
        <p>
          <b>{formats.money(product.price, product.currency)}</b> <code>{product.id}</code>
          {product.room ? (
            <>
              {' '}
              {t('products.behind')} <Link to={roomPath(product.room)}>{product.room}</Link>
            </>
          ) : (
            ` ${t('products.no_room')}`
          )}
        </p>
      </header>
      <div className="stock">
        <Bar
          parts={UNITS.map((look) => ({
            part: product[look],
            look: look === 'available' ? 'remaining' : look,
          }))}
          whole={product.stock}
        />
        <dl>
          {UNITS.map((figure) => (
            <div key={figure} className={figure === 'available' ? 'remaining' : figure} data-figure={figure}>
              <dt>{t(`figure.${figure === 'available' ? 'remaining' : figure}`)}</dt>
              <dd>{formats.number(product[figure])}</dd>
            </div>
          ))}
          <div data-figure="stock">
            <dt>{t('products.stock')}</dt>
            <dd>{formats.number(product.stock)}</dd>
          </div>
        </dl>
      </div>
      {may('operator') && (
        <>
          <Restock product={product} />
          <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>
              {t('products.change')} <span className="unseen">{product.name}</span>
            </summary>
            {isOpen && <ChangeProduct product={product} done={() => setOpen(false)} />}
          </details>
        </>
      )}
    </article>
  );
}
