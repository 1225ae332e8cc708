/** The admin key of this tab: gone when it closes, never in an address. */
export type Session = { key(): string | null; keep(key: string): void; forget(): void };

const NAME = 'admin_key';

export function openSession(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Session {
  return {
    key: () => storage.getItem(NAME),
    keep: (key) => storage.setItem(NAME, key),
    forget: () => storage.removeItem(NAME),
  };
}

/** What can be an admin key; anything else is not sent at all. */
export const looksLikeKey = (text: string): boolean => /^adm_[\w-]{20,200}$/.test(text);
