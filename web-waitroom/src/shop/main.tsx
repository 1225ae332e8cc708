import { createAmounts } from '@shopfast/kit/i18n/amounts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createServerClock } from '../api/server-clock.ts';
import { readSentPage } from '../i18n/sent-page.ts';
import type en from '../i18n/shop/en.ts';
import { AccountProvider } from './account.tsx';
import { accountCalls, takeLinkToken } from './account-calls.ts';
import { NavigationProvider } from './navigation.tsx';
import { Shop } from './shop.tsx';
import { shopCalls } from './shop-calls.ts';
import { SurroundingsProvider } from './surroundings.tsx';
import { openWallet, takeFromFragment } from './wallet.ts';

const link = takeLinkToken(takeFromFragment(location.hash, sessionStorage));
const hash = link.rest;
if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);

const { t, locale } = readSentPage<typeof en>();
const clock = createServerClock(Date.now);
const surroundings = {
  t,
  locale,
  amounts: createAmounts(locale),
  clock,
  calls: shopCalls(clock),
  wallet: openWallet(sessionStorage, localStorage),
  drafts: sessionStorage,
  accounts: accountCalls(clock),
  linkToken: link.token,
};
const queries = new QueryClient();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <SurroundingsProvider value={surroundings}>
        <NavigationProvider>
          <AccountProvider browser={localStorage}>
            <Shop />
          </AccountProvider>
        </NavigationProvider>
      </SurroundingsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
