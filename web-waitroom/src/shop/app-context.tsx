import type { Amounts } from '@shopfast/kit/i18n/amounts';
import type { ShopMessages } from '@shopfast/kit/i18n/messages/shop';
import type { Translate } from '@shopfast/kit/i18n/translate';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ServerClock } from '../api/server-clock.ts';
import type { AccountCalls } from './account-calls.ts';
import type { ReservationStore } from './reservation-store.ts';
import type { ShopCalls } from './shop-calls.ts';

/** Context of every shop page. */
export type AppContext = {
  t: Translate<ShopMessages>;
  amounts: Amounts;
  /** BCP 47: the language of an order's mails. */
  locale: string;
  clock: ServerClock;
  calls: ShopCalls;
  reservationStore: ReservationStore;
  accounts: AccountCalls;
  /** The secret of the mailed link that opened this page. */
  linkToken: string | null;
  drafts: Pick<Storage, 'getItem' | 'setItem'>;
};

const Context = createContext<AppContext | null>(null);

export function AppContextProvider({ value, children }: { value: AppContext; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useAppContext(): AppContext {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of AppContextProvider');
  return value;
}

/** The server's time in ms; updates every second. */
export function useNow(): number {
  const { clock } = useAppContext();
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    let timer: number;
    const tick = () => {
      setNow(clock.now());
      timer = window.setTimeout(tick, 1000 - (clock.now() % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [clock]);
  return now;
}
