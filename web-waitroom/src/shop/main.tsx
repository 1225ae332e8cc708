import { createAmounts } from '@shopfast/kit/i18n/amounts';
import type { ShopMessages } from '@shopfast/kit/i18n/messages/shop';
import { createServerClock } from '../api/server-clock.ts';
import { mountApp } from '../app/mount.tsx';
import { readSentPage } from '../i18n/sent-page.ts';
import { AccountProvider } from './account.tsx';
import { accountCalls, takeLinkToken } from './account-calls.ts';
import { AppContextProvider } from './app-context.tsx';
import { openReservationStore, takeFromFragment } from './reservation-store.ts';
import { Shop } from './shop.tsx';
import { shopCalls } from './shop-calls.ts';

const link = takeLinkToken(takeFromFragment(location.hash, sessionStorage));
const hash = link.rest;
if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);

const { t, locale } = readSentPage<ShopMessages>();
const clock = createServerClock(Date.now);
const appContext = {
  t,
  locale,
  amounts: createAmounts(locale),
  clock,
  calls: shopCalls(clock),
  reservationStore: openReservationStore(sessionStorage, localStorage),
  drafts: sessionStorage,
  accounts: accountCalls(clock),
  linkToken: link.token,
};

mountApp(
  (page) => t('page.titled', { page }),
  <AppContextProvider value={appContext}>
    <AccountProvider browser={localStorage}>
      <Shop />
    </AccountProvider>
  </AppContextProvider>,
);
