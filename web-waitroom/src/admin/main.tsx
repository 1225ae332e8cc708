import type { AdminMessages } from '@shopfast/kit/i18n/messages/admin';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createServerClock } from '../api/server-clock.ts';
import { readSentPage } from '../i18n/sent-page.ts';
import { AppContextProvider } from './app-context.tsx';
import { Dashboard } from './dashboard.tsx';
import { createFormats } from './formats.ts';
import { NavigationProvider } from './navigation.tsx';
import { openSession } from './session.ts';

const { t, locale } = readSentPage<AdminMessages>();
const appContext = {
  t,
  formats: createFormats(locale),
  clock: createServerClock(Date.now),
};
const session = openSession(sessionStorage);
const queries = new QueryClient();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppContextProvider value={appContext}>
        <NavigationProvider>
          <Dashboard session={session} />
        </NavigationProvider>
      </AppContextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
