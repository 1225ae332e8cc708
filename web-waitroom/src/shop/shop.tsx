import { useEffect, useRef } from 'react';
import { Link, useNavigation } from './navigation.tsx';
import { OrderPage } from './order-page.tsx';
import { ProductList } from './product-list.tsx';
import { ProductPage } from './product-page.tsx';
import { listPath } from './routes.ts';
import { useSurroundings } from './surroundings.tsx';

/** The shop's frame, with the page of the present address in it. */
export function Shop() {
  const { t } = useSurroundings();
  const { route, path } = useNavigation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  // A page that came by a link inside the shop takes the focus, as a loaded one would.
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return (
    <>
      <a className="skip" href="#main">
        {t('page.skip')}
      </a>
      <header>
        <Link to={listPath} className="brand">
          <span className="mark" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('page.title')}
        </Link>
      </header>
      <main id="main" tabIndex={-1} ref={main} data-page={route.page}>
        {route.page === 'list' && <ProductList />}
        {route.page === 'product' && <ProductPage key={route.id} id={route.id} />}
        {route.page === 'order' && <OrderPage key={route.id} id={route.id} />}
        {route.page === 'not_found' && <NotFound />}
      </main>
    </>
  );
}

function NotFound() {
  const { t } = useSurroundings();
  return (
    <section className="narrow">
      <Heading>{t('page.not_found')}</Heading>
      <p className="lead">{t('page.not_found_lead')}</p>
      <Link to={listPath} className="button">
        {t('page.home')}
      </Link>
    </section>
  );
}

/** A page's heading; it names the tab, too. */
export function Heading({ children }: { children: string }) {
  const { t } = useSurroundings();
  useEffect(() => {
    document.title = t('page.titled', { page: children });
  }, [children, t]);
  return <h1>{children}</h1>;
}
