import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createServerClock } from '../api/server-clock.ts';
import { createAmounts } from '../i18n/amounts.ts';
import { chooseLocale } from '../i18n/locale.ts';
import en from '../i18n/shop/en.ts';
import { createTranslate } from '../i18n/translate.ts';
import { NavigationProvider } from './navigation.tsx';
import { Shop } from './shop.tsx';
import { shopCalls } from './shop-calls.ts';
import { SurroundingsProvider } from './surroundings.tsx';
import { openWallet, takeFromFragment } from './wallet.ts';

const hash = takeFromFragment(location.hash, sessionStorage);
if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);

const { language, locale } = chooseLocale(navigator.languages, ['en']);
document.documentElement.lang = language;
const clock = createServerClock(Date.now);
const surroundings = {
  t: createTranslate(en, locale),
  amounts: createAmounts(locale),
  clock,
  calls: shopCalls(clock),
  wallet: openWallet(sessionStorage, localStorage),
  drafts: sessionStorage,
};

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <SurroundingsProvider value={surroundings}>
      <NavigationProvider>
        <Shop />
      </NavigationProvider>
    </SurroundingsProvider>
  </StrictMode>,
);
