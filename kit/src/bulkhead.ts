import { Problem } from './errors.ts';

/** A limit on concurrent work, with a bounded queue in front. */
export type Bulkhead = {
  /**
   * Waits for a slot, first come first served, except for clients that have used their share.
   * @param clientKey the client, such as its address; null: not counted
   * @returns releases the slot; idempotent
   * @throws Problem overloaded when the queue is full or the wait is too long
   */
  take(clientKey: string | null): Promise<() => void>;
  /** Runs work in a slot, not counted for any client. @throws Problem overloaded, as `take` does; or what `work` throws */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Slots in use. */
  readonly running: number;
  readonly waiting: number;
};

export type BulkheadLimits = {
  /** Most work at once. */
  slots: number;
  /** Most callers that wait for a slot. */
  queue: number;
  waitLimitMs: number;
  /** The share of the slots, and of the queue, that one client may use, from 0 to 1. Default: 1, all. */
  clientShare?: number;
};

type Waiter = { clientKey: string | null; enter: () => void };

export function createBulkhead({ slots, queue, waitLimitMs, clientShare = 1 }: BulkheadLimits): Bulkhead {
  const line = new Set<Waiter>();
  const shareOf = (count: number) => Math.max(1, Math.ceil(count * clientShare));
  const held = createClientCounts(shareOf(slots));
  const inLine = createClientCounts(shareOf(queue));
  let running = 0;

  const isFree = (clientKey: string | null) => running < slots && !held.isFull(clientKey);

  function enter(clientKey: string | null): void {
    running += 1;
    held.add(clientKey);
  }

  /** Passes the slot on to the first waiter that may have it. */
  function leave(clientKey: string | null): void {
    running -= 1;
    held.remove(clientKey);
    for (const waiter of line) {
      if (held.isFull(waiter.clientKey)) continue;
      waiter.enter();
      break;
    }
  }

  /** Resolves when the caller has entered. */
  function wait(clientKey: string | null): Promise<void> {
    if (line.size >= queue || inLine.isFull(clientKey)) return Promise.reject(new Problem('overloaded'));
    return new Promise((resolve, reject) => {
      const leaveLine = () => {
        clearTimeout(timer);
        line.delete(waiter);
        inLine.remove(clientKey);
      };
      const waiter = {
        clientKey,
        enter: () => {
          leaveLine();
          enter(clientKey);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        leaveLine();
        reject(new Problem('overloaded'));
      }, waitLimitMs);
      line.add(waiter);
      inLine.add(clientKey);
    });
  }

  return {
    take: async (clientKey) => {
      if (isFree(clientKey)) enter(clientKey);
      else await wait(clientKey);
      let holds = true;
      return () => {
        if (!holds) return;
        holds = false;
        leave(clientKey);
      };
    },
    run: async (work) => {
      if (isFree(null)) enter(null);
      else await wait(null);
      try {
        return await work();
      } finally {
        leave(null);
      }
    },
    get running() {
      return running;
    },
    get waiting() {
      return line.size;
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
