import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { SignedIn } from './account-calls.ts';
import { useAppContext } from './app-context.tsx';

/** `asking` until the server confirmed the session. */
export type Account = {
  me: SignedIn | null;
  asking: boolean;
  signedIn(me: SignedIn): void;
  signedOut(): void;
};

const Context = createContext<Account | null>(null);
const SIGNED_IN = 'account:signed-in';
/** Shorter than the two minutes that the signed copy of a session lasts (docs/accounts.md): each request renews it. */
const RENEW_MS = 90_000;

/** The signed-in user. A browser in which nobody signed in makes no request. */
export function AccountProvider({ children, browser }: { children: ReactNode; browser: Storage }) {
  const { accounts } = useAppContext();
  const [me, setMe] = useState<SignedIn | null>(null);
  const [asking, setAsking] = useState(() => browser.getItem(SIGNED_IN) !== null);
  const queries = useQueryClient();
  const active = asking || me !== null;

  const signedIn = useCallback(
    (now: SignedIn) => {
      browser.setItem(SIGNED_IN, '1');
      setMe(now);
      setAsking(false);
    },
    [browser],
  );
  const signedOut = useCallback(() => {
    browser.removeItem(SIGNED_IN);
    // The next user must not see the data of the last one.
    queries.clear();
    setMe(null);
    setAsking(false);
  }, [browser, queries]);

  useEffect(() => {
    if (!active) return;
    let over = false;
    const renew = async () => {
      const answer = await accounts.me();
      if (over) return;
      if (answer.kind === 'ok') signedIn(answer.body);
      else if (answer.kind === 'refused' && answer.refusal.status === 401) signedOut();
      else setAsking(false);
    };
    void renew();
    const timer = setInterval(() => void renew(), RENEW_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [active, accounts, signedIn, signedOut]);

  const value = useMemo(() => ({ me, asking, signedIn, signedOut }), [me, asking, signedIn, signedOut]);
  return <Context value={value}>{children}</Context>;
}

export function useAccount(): Account {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of AccountProvider');
  return value;
}
