import { Problem } from '@shopfast/kit/errors';

/** A bulkhead: a limit on concurrent work, with a bounded queue in front. */
export type Slots = {
  /**
   * Waits for a slot, first come first served, except for clients that have used their share.
   * @param clientKey the client, by `Limits.clientKey`; null: not counted
   * @returns releases the slot; idempotent
   * @throws Problem overloaded when the queue is full or the wait is too long
   */
  take(clientKey: string | null): Promise<() => void>;
  readonly taken: number;
};

export type SlotLimits = {
  most: number;
  waiting: number;
  waitLimitMs: number;
  /** The share of the slots, and of the queue, that one client may use, from 0 to 1; 1: all. */
  share: number;
};

type Waiter = { clientKey: string | null; enter: () => void };

export function createSlots(limits: SlotLimits): Slots {
  const line = new Set<Waiter>();
  const shareOf = (count: number) => Math.max(1, Math.ceil(count * limits.share));
  const held = createClientCounts(shareOf(limits.most));
  const inLine = createClientCounts(shareOf(limits.waiting));
  let taken = 0;

  function hold(clientKey: string | null): () => void {
    taken += 1;
    held.add(clientKey);
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      taken -= 1;
      held.remove(clientKey);
      for (const waiter of line) {
        if (held.isFull(waiter.clientKey)) continue;
        waiter.enter();
        break;
      }
    };
  }

  return {
    take: (clientKey) => {
      if (taken < limits.most && !held.isFull(clientKey)) return Promise.resolve(hold(clientKey));
      if (line.size >= limits.waiting || inLine.isFull(clientKey))
        return Promise.reject(new Problem('overloaded'));
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer);
          line.delete(waiter);
          inLine.remove(clientKey);
        };
        const enter = () => {
          leave();
          resolve(hold(clientKey));
        };
        const timer = setTimeout(() => {
          leave();
          reject(new Problem('overloaded'));
        }, limits.waitLimitMs);
        const waiter = { clientKey, enter };
        line.add(waiter);
        inLine.add(clientKey);
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
    isFull: (clientKey: string | null) => clientKey !== null && (counts.get(clientKey) ?? 0) >= most,
    add: (clientKey: string | null) => {
      if (clientKey !== null) counts.set(clientKey, (counts.get(clientKey) ?? 0) + 1);
    },
    remove: (clientKey: string | null) => {
      if (clientKey === null) return;
      const left = (counts.get(clientKey) ?? 0) - 1;
      if (left > 0) counts.set(clientKey, left);
      else counts.delete(clientKey);
    },
  };
}
