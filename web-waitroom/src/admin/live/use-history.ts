import { useMemo } from 'react';
import { useOperator } from '../app-context.tsx';
import { useAsked } from '../use-query.ts';
import { joinHistory, perMinute, SHOWN_MS, STEP_MS, type Step } from './history.ts';
import type { LiveRoom } from './use-live.ts';

const READ_AGAIN_MS = 60_000;

export type History = {
  steps: readonly Step[];
  /** Counts of the last minute; null until the stored history is loaded. */
  lastMinute: { joins: number; dropOuts: number } | null;
};

/** A room's last hour: the stored history, read again every minute, plus live figures. */
export function useHistory(room: string, { stats, steps: live }: LiveRoom): History {
  const { calls } = useOperator();
  const from = () => new Date(Date.now() - SHOWN_MS + STEP_MS);
  const { data: stored } = useAsked(
    ['timeline', room],
    () => calls.timeline(room, from(), STEP_MS / 1_000),
    READ_AGAIN_MS,
  );
  const at = stats ? Date.parse(stats.updated_at) : 0;
  return useMemo(() => {
    const steps = joinHistory(stored ?? null, live, at);
    const last = (what: 'joins' | 'drop_outs') => perMinute(steps, what, at).at(-1) ?? 0;
    return { steps, lastMinute: stored ? { joins: last('joins'), dropOuts: last('drop_outs') } : null };
  }, [stored, live, at]);
}
