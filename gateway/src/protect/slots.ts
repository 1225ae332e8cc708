import { Problem } from '@shopfast/kit/errors';

/** A bounded number of things at a time, with a bounded line before them. */
export type Slots = {
  /**
   * Waits for a slot, first come first served.
   * @returns gives it back; calling it again is harmless
   * @throws Problem overloaded, when the line is full or the wait too long
   */
  take(): Promise<() => void>;
  readonly taken: number;
};

export function createSlots(limits: { most: number; waiting: number; patienceMs: number }): Slots {
  const line = new Set<() => void>();
  let taken = 0;

  function hold(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken -= 1;
      const [next] = line;
      next?.();
    };
  }

  return {
    take: () => {
      if (taken < limits.most) {
        taken += 1;
        return Promise.resolve(hold());
      }
      if (line.size >= limits.waiting) return Promise.reject(new Problem('overloaded'));
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(patience);
          line.delete(enter);
        };
        const enter = () => {
          leave();
          taken += 1;
          resolve(hold());
        };
        const patience = setTimeout(() => {
          leave();
          reject(new Problem('overloaded'));
        }, limits.patienceMs);
        line.add(enter);
      });
    },
    get taken() {
      return taken;
    },
  };
}
