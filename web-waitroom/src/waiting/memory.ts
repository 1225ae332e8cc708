import { NO_PROGRESS, type Progress } from './progress.ts';

/**
 * What the tab stores about one room for a refresh. Works without storage too; then a refresh restarts the progress
 * bar.
 */
export type Memory = {
  readonly storable: boolean;
  progress(): Progress;
  keepProgress(progress: Progress): void;
  /** An invite or priority code from the link, until it gave a place: the address does not have it any more. */
  code(): string | null;
  keepCode(code: string | null): void;
  /** The alerts that the waiter chose. */
  alerts(): string[];
  keepAlerts(chosen: string[]): void;
  keep(key: string, value: string): void;
};

export function tabMemory(room: string): Memory {
  const key = `line:${room}`;
  const codeKey = `code:${room}`;
  const alertsKey = `alerts:${room}`;
  const storage = openStorage();
  return {
    storable: storage !== null,
    progress: () => readProgress(storage?.getItem(key) ?? null),
    keepProgress: (progress) => storage?.setItem(key, JSON.stringify(progress)),
    code: () => storage?.getItem(codeKey) ?? null,
    keepCode: (code) => (code === null ? storage?.removeItem(codeKey) : storage?.setItem(codeKey, code)),
    alerts: () => storage?.getItem(alertsKey)?.split(' ') ?? [],
    keepAlerts: (chosen) => storage?.setItem(alertsKey, chosen.join(' ')),
    keep: (name, value) => storage?.setItem(name, value),
  };
}

/** sessionStorage, or null if the browser forbids it: even reading the property may throw. */
function openStorage(): Storage | null {
  try {
    sessionStorage.setItem('line', '');
    sessionStorage.removeItem('line');
    return sessionStorage;
  } catch {
    return null;
  }
}

function readProgress(kept: string | null): Progress {
  try {
    const { number, start, done } = JSON.parse(kept ?? '');
    if (typeof start === 'number' && typeof done === 'number') return { number, start, done };
  } catch {
    // Nothing is stored yet, or another version of the page stored it.
  }
  return NO_PROGRESS;
}
