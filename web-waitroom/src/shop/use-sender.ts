import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Refusal } from '../api/ask.ts';
import { backoff } from '../api/backoff.ts';
import { useAppContext } from './app-context.tsx';
import { asAnswered } from './asking.ts';
import { orderName } from './order-state.ts';
import { placeOrder } from './place-order.ts';
import type { Purchase } from './reservation-store.ts';
import { orderPath } from './routes.ts';

export type Sender = {
  send(purchase: Purchase): void;
  /** A purchase was sent; its outcome is not known yet. */
  sending: boolean;
  /** The server did not answer, or said "later"; the purchase is sent again automatically. */
  troubled: boolean;
  /** Why the last purchase failed. */
  refusal: Refusal | null;
};

/**
 * Sends a purchase until its outcome is known, then goes to the order if there is one.
 * @param underWay a purchase that was sent before a refresh
 */
export function useSender(underWay: Purchase | null): Sender {
  const { calls, reservationStore } = useAppContext();
  const go = useNavigate();
  const queries = useQueryClient();
  const [sending, setSending] = useState(underWay !== null);
  const [troubled, setTroubled] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  // A second press may come before the page shows the first one.
  const busy = useRef(false);
  const timer = useRef<number>(undefined);

  const send = useCallback(
    async (purchase: Purchase, failures = 0) => {
      if (busy.current) return;
      busy.current = true;
      clearTimeout(timer.current);
      setSending(true);
      setRefusal(null);
      const placed = await placeOrder(purchase, reservationStore, calls.order);
      busy.current = false;
      if (placed.kind === 'placed') {
        const { order } = placed;
        // The order page shows it at once.
        queries.setQueryData(orderName(order.id), asAnswered(order));
        return go(orderPath(order.id), { replace: true });
      }
      setTroubled(placed.kind === 'unsettled');
      if (placed.kind === 'unsettled') {
        const wait = backoff(failures + 1, placed.retryAfterMs, Math.random());
        timer.current = window.setTimeout(() => void send(purchase, failures + 1), wait);
        return;
      }
      setSending(false);
      setRefusal(placed.refusal);
    },
    [calls, reservationStore, go, queries],
  );

  const first = useRef(underWay);
  useEffect(() => {
    if (first.current) void send(first.current);
    return () => clearTimeout(timer.current);
  }, [send]);
  return { send: (purchase) => void send(purchase), sending, troubled, refusal };
}
