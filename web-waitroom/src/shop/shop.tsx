import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { FormTextsProvider } from '../app/form-texts.tsx';
import { Heading } from '../app/heading.tsx';
import { usePage } from '../app/pages.ts';
import { Shell } from '../app/shell.tsx';
import { useAccount } from './account.tsx';
import { useAppContext } from './app-context.tsx';
import { FailedPage } from './failed-page.tsx';
import { useForms } from './forms.ts';
import { OrderPage } from './order-page.tsx';
import { ProblemNote } from './problem-note.tsx';
import { ProductList } from './product-list.tsx';
import { ProductPage } from './product-page.tsx';
import { accountPath, listPath, ROUTES } from './routes.ts';

const PAGES = {
  list: <ProductList />,
  product: <Product />,
  order: <Order />,
  account: <OfAccount page="AccountPage" />,
  sign_in: <OfAccount page="SignIn" />,
  sign_up: <OfAccount page="SignUp" />,
  verify: <OfAccount page="Verify" />,
  reset: <OfAccount page="Reset" />,
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
  const formTexts = useMemo(
    () => ({
      ...{ check: t('fields.check'), missing: t('fields.missing'), Problem: ProblemNote },
      wrong: () => t('fields.wrong'),
    }),
    [t],
  );
  return (
    <Shell page={id} skip={t('page.skip')} home={{ to: listPath, text: t('page.title') }} header={toAccount}>
      <FormTextsProvider value={formTexts}>{element}</FormTextsProvider>
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

function OfAccount({ page }: { page: 'AccountPage' | 'SignIn' | 'SignUp' | 'Verify' | 'Reset' }) {
  const { t } = useAppContext();
  const { part, hasFailed } = useForms(true);
  if (!part)
    return hasFailed ? (
      <FailedPage failure={{ kind: 'unreachable' }} />
    ) : (
      <p className="lead">{t('page.loading')}</p>
    );
  const Page = part[page];
  return <Page />;
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
