import { useEffect, useState } from 'react';
import { backoff } from '../api/backoff.ts';

export type LoadedPart<T> = { part: T | null; hasFailed: boolean };

/**
 * A part of an application that only some visits need: its script is loaded when it is first wanted. After a failure it
 * is tried again, with growing delays, while it is wanted.
 * @returns a hook; `part` is null until it is loaded
 */
export function lazyPart<T>(load: () => Promise<T>): (isWanted: boolean) => LoadedPart<T> {
  let loaded: T | null = null;
  return (isWanted) => {
    const [part, setPart] = useState(() => loaded);
    const [failures, setFailures] = useState(0);
    useEffect(() => {
      if (!isWanted || part) return;
      let over = false;
      const start = async () => {
        try {
          loaded ??= await load();
          if (!over) setPart(() => loaded);
        } catch {
          if (!over) setFailures((before) => before + 1);
        }
      };
      const delay = failures === 0 ? 0 : backoff(failures, null, Math.random());
      const timer = setTimeout(() => void start(), delay);
      return () => {
        over = true;
        clearTimeout(timer);
      };
    }, [isWanted, part, failures]);
    return { part, hasFailed: failures > 0 };
  };
}
