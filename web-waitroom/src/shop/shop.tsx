import { Link, useParams } from 'react-router';
import { Heading } from '../app/heading.tsx';
import { usePage } from '../app/pages.ts';
import { Shell } from '../app/shell.tsx';
import { useAccount } from './account.tsx';
import { AccountPage } from './account-page.tsx';
import { useAppContext } from './app-context.tsx';
import { OrderPage } from './order-page.tsx';
import { ProductList } from './product-list.tsx';
import { ProductPage } from './product-page.tsx';
import { accountPath, listPath, ROUTES } from './routes.ts';
import { Reset, SignIn, SignUp, Verify } from './sign-in-pages.tsx';

const PAGES = {
  list: <ProductList />,
  product: <Product />,
  order: <Order />,
  account: <AccountPage />,
  sign_in: <SignIn />,
  sign_up: <SignUp />,
  verify: <Verify />,
  reset: <Reset />,
  not_found: <NotFound />,
};

/** The shop's frame with the current page. */
export function Shop() {
  const { t } = useAppContext();
  const { me } = useAccount();
  const { id, element } = usePage(ROUTES, PAGES);
  const toAccount = (
    <Link to={accountPath()} className="to-account">
      {t(me ? 'account.title' : 'account.sign_in')}
    </Link>
  );
  return (
    <Shell page={id} skip={t('page.skip')} home={{ to: listPath, text: t('page.title') }} header={toAccount}>
      {element}
    </Shell>
  );
}

function Product() {
  const { id = '' } = useParams();
  return <ProductPage key={id} id={id} />;
}

function Order() {
  const { id = '' } = useParams();
  return <OrderPage key={id} id={id} />;
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
