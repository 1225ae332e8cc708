/** The admin key of this tab: gone when the tab closes, never in an address. */
export type Session = { key(): string | null; keep(key: string): void; forget(): void };

const NAME = 'admin_key';

export function openSession(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Session {
  return {
    key: () => storage.getItem(NAME),
    keep: (key) => storage.setItem(NAME, key),
    forget: () => storage.removeItem(NAME),
  };
}

/** Whether the text can be an admin key; other texts are not sent. */
export const looksLikeKey = (text: string): boolean => /^adm_[\w-]{20,200}$/.test(text);
