import type { AdminMessages } from '@shopfast/kit/i18n/messages/admin';
import { createServerClock } from '../api/server-clock.ts';
import { mountApp } from '../app/mount.tsx';
import { readSentPage } from '../i18n/sent-page.ts';
import { AppContextProvider } from './app-context.tsx';
import { Dashboard } from './dashboard.tsx';
import { createFormats } from './formats.ts';
import { openSession } from './session.ts';

const { t, locale } = readSentPage<AdminMessages>();
const appContext = {
  t,
  formats: createFormats(locale),
  clock: createServerClock(Date.now),
};
const session = openSession(sessionStorage);

mountApp(
  (page) => t('page.titled', { page }),
  <AppContextProvider value={appContext}>
    <Dashboard session={session} />
  </AppContextProvider>,
);
