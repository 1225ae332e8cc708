import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createServerClock } from '../api/server-clock.ts';
import type en from '../i18n/admin/en.ts';
import { readSentPage } from '../i18n/sent-page.ts';
import { Dashboard } from './dashboard.tsx';
import { createFormats } from './formats.ts';
import { NavigationProvider } from './navigation.tsx';
import { openSession } from './session.ts';
import { SurroundingsProvider } from './surroundings.tsx';

const { t, locale } = readSentPage<typeof en>();
const surroundings = {
  t,
  formats: createFormats(locale),
  clock: createServerClock(Date.now),
};
const session = openSession(sessionStorage);
const queries = new QueryClient();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <SurroundingsProvider value={surroundings}>
        <NavigationProvider>
          <Dashboard session={session} />
        </NavigationProvider>
      </SurroundingsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
