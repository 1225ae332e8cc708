import { useFocusOnMove } from '../use-focus-on-move.ts';
import { useAccount } from './account.tsx';
import { AccountPage } from './account-page.tsx';
import { useAppContext } from './app-context.tsx';
import { Heading } from './heading.tsx';
import { Link, useNavigation } from './navigation.tsx';
import { OrderPage } from './order-page.tsx';
import { ProductList } from './product-list.tsx';
import { ProductPage } from './product-page.tsx';
import { accountPath, listPath, type Route } from './routes.ts';
import { Reset, SignIn, SignUp, Verify } from './sign-in-pages.tsx';

/** The shop's frame with the current page. */
export function Shop() {
  const { t } = useAppContext();
  const { route, path } = useNavigation();
  const { me } = useAccount();
  const main = useFocusOnMove(path);
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
        <Link to={accountPath()} className="to-account">
          {t(me ? 'account.title' : 'account.sign_in')}
        </Link>
      </header>
      <main id="main" tabIndex={-1} ref={main} data-page={route.page}>
        {route.page === 'list' && <ProductList />}
        {route.page === 'product' && <ProductPage key={route.id} id={route.id} />}
        {route.page === 'order' && <OrderPage key={route.id} id={route.id} />}
        {route.page === 'account' && <AccountView view={route.view} />}
        {route.page === 'not_found' && <NotFound />}
      </main>
    </>
  );
}

function AccountView({ view }: { view: Extract<Route, { page: 'account' }>['view'] }) {
  switch (view) {
    case null:
      return <AccountPage />;
    case 'sign-in':
      return <SignIn />;
    case 'sign-up':
      return <SignUp />;
    case 'verify':
      return <Verify />;
    case 'reset':
      return <Reset />;
  }
}

function NotFound() {
  const { t } = useAppContext();
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
