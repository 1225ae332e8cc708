import { Problem } from '@shopfast/kit/errors';

/** A bulkhead: a limit on concurrent work, with a bounded queue in front. */
export type Slots = {
  /**
   * Waits for a slot, first come first served, except for clients that have used their share.
   * @param who the client, by `Limits.clientKey`; null: not counted
   * @returns releases the slot; idempotent
   * @throws Problem overloaded when the queue is full or the wait is too long
   */
  take(who: string | null): Promise<() => void>;
  readonly taken: number;
};

export type SlotLimits = {
  most: number;
  waiting: number;
  waitLimitMs: number;
  /** The share of the slots, and of the queue, that one client may use, from 0 to 1; 1: all. */
  share: number;
};

type Waiter = { who: string | null; enter: () => void };

export function createSlots(limits: SlotLimits): Slots {
  const line = new Set<Waiter>();
  const shareOf = (count: number) => Math.max(1, Math.ceil(count * limits.share));
  const held = createClientCounts(shareOf(limits.most));
  const inLine = createClientCounts(shareOf(limits.waiting));
  let taken = 0;

  function hold(who: string | null): () => void {
    taken += 1;
    held.add(who);
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      taken -= 1;
      held.remove(who);
      for (const waiter of line) {
        if (held.isFull(waiter.who)) continue;
        waiter.enter();
        break;
      }
    };
  }

  return {
    take: (who) => {
      if (taken < limits.most && !held.isFull(who)) return Promise.resolve(hold(who));
      if (line.size >= limits.waiting || inLine.isFull(who)) return Promise.reject(new Problem('overloaded'));
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer);
          line.delete(waiter);
          inLine.remove(who);
        };
        const enter = () => {
          leave();
          resolve(hold(who));
        };
        const timer = setTimeout(() => {
          leave();
          reject(new Problem('overloaded'));
        }, limits.waitLimitMs);
        const waiter = { who, enter };
        line.add(waiter);
        inLine.add(who);
      });
    },
    get taken() {
      return taken;
    },
  };
}

/** Counts slots per client; null is not counted. */
function createClientCounts(most: number) {
  const counts = new Map<string, number>();
  return {
    isFull: (who: string | null) => who !== null && (counts.get(who) ?? 0) >= most,
    add: (who: string | null) => {
      if (who !== null) counts.set(who, (counts.get(who) ?? 0) + 1);
    },
    remove: (who: string | null) => {
      if (who === null) return;
      const left = (counts.get(who) ?? 0) - 1;
      if (left > 0) counts.set(who, left);
      else counts.delete(who);
    },
  };
}
