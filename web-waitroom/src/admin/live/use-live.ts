import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { useEffect, useReducer, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import { backoff } from '../../api/backoff.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { ageOf, type Freshness, freshnessOf, type Received, received } from './freshness.ts';
import { type LiveSteps, withLive } from './history.ts';
import { followStream } from './stream.ts';

export type LiveRoom = {
  stats: RoomStats | null;
  steps: LiveSteps;
  /** Age of the figures in ms; null before the first. */
  ageMs: number | null;
  freshness: Freshness | null;
  /** Why the stream ended for good. */
  failure: Failure | null;
};

type Latest = { stats: RoomStats; received: Received; steps: LiveSteps };
type News = { stats: RoomStats; receivedAt: number; serverNow: number };

function update(latest: Latest | null, { stats, receivedAt, serverNow }: News): Latest {
  return {
    stats,
    received: received(receivedAt, Date.parse(stats.updated_at), serverNow),
    steps: withLive(latest?.steps ?? new Map(), stats),
  };
}

/** Follows a room's event stream, reconnects, and tracks the age of its figures. */
export function useLive(room: string): LiveRoom {
  const { clock } = useAppContext();
  const { calls, signOut } = useOperator();
  const [latest, news] = useReducer(update, null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    let timer: number;
    let failures = 0;
    const follow = async () => {
      const end = await followStream(clock, calls.streamPath(room), calls.headers, stop.signal, (stats) => {
        failures = 0;
        const receivedAt = Date.now();
        news({ stats, receivedAt, serverNow: clock.now() });
        setNow(receivedAt);
      });
      if (stop.signal.aborted) return;
      if (end.kind === 'refused' && end.refusal.status === 401) return signOut('key_invalid');
      if (end.kind === 'refused' && (end.refusal.status === 404 || end.refusal.status === 403))
        return setFailure(end);
      failures += 1;
      const asked =
        end.kind === 'ended' ? end.retryMs : (end.kind === 'refused' && end.refusal.retryAfterMs) || null;
      // An operator is watching, so the first retries come sooner than on a shopper's page.
      const wait =
        end.kind === 'ended' ? (asked ?? 1_000) : Math.min(5_000, backoff(failures, asked, Math.random()));
      timer = window.setTimeout(follow, wait);
    };
    void follow();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [room, calls, clock, signOut]);

  const ageMs = latest && ageOf(latest.received, now);
  return {
    stats: latest?.stats ?? null,
    steps: latest?.steps ?? NO_STEPS,
    ageMs,
    freshness: ageMs === null ? null : freshnessOf(ageMs),
    failure,
  };
}

const NO_STEPS: LiveSteps = new Map();
