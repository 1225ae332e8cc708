import type { Role } from '@shopfast/kit/admin/roles';
import type { OwnKey } from '@shopfast/kit/contracts/keys';
import type { Translate } from '@shopfast/kit/i18n/translate';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ServerClock } from '../api/server-clock.ts';
import type en from '../i18n/admin/en.ts';
import type { AdminCalls } from './calls.ts';
import type { Formats } from './formats.ts';
import { mayAct } from './roles.ts';

export type T = Translate<typeof en>;

/** Context of every dashboard page. */
export type AppContext = { t: T; formats: Formats; clock: ServerClock };

const Context = createContext<AppContext | null>(null);

export function AppContextProvider({ value, children }: { value: AppContext; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useAppContext(): AppContext {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of AppContextProvider');
  return value;
}

/** The signed-in operator and the API calls with that key. */
export type Operator = { me: OwnKey; calls: AdminCalls; signOut(reason?: 'key_invalid'): void };

const OperatorContext = createContext<Operator | null>(null);

export function OperatorProvider({ value, children }: { value: Operator; children: ReactNode }) {
  return <OperatorContext value={value}>{children}</OperatorContext>;
}

export function useOperator(): Operator & { may(role: Role): boolean } {
  const value = useContext(OperatorContext);
  if (!value) throw new Error('Outside of OperatorProvider');
  return { ...value, may: (role) => mayAct(value.me.role, role) };
}

/** This device's time in ms; updates every `everyMs`. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A page's heading. It also sets the tab's title. */
export function Heading({ children }: { children: string }) {
  const { t } = useAppContext();
  useEffect(() => {
    document.title = t('page.titled', { page: children });
  }, [children, t]);
  return <h1>{children}</h1>;
}
