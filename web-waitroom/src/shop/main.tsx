import { createAmounts } from '@shopfast/kit/i18n/amounts';
import type { ShopMessages } from '@shopfast/kit/i18n/messages/shop';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createServerClock } from '../api/server-clock.ts';
import { readSentPage } from '../i18n/sent-page.ts';
import { AccountProvider } from './account.tsx';
import { accountCalls, takeLinkToken } from './account-calls.ts';
import { AppContextProvider } from './app-context.tsx';
import { NavigationProvider } from './navigation.tsx';
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
const queries = new QueryClient();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppContextProvider value={appContext}>
        <NavigationProvider>
          <AccountProvider browser={localStorage}>
            <Shop />
          </AccountProvider>
        </NavigationProvider>
      </AppContextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
