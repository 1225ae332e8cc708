/** The calls of one admission step, by the steady clock of `tick.lua`, ms. */
export type CallEntry = { at: number; count: number };

/** The form of an entry in the log of calls: "ms:count". */
export const textOf = ({ at, count }: CallEntry): string => `${at}:${count}`;

/** The form in which scripts read a list of entries. */
export const textOfAll = (entries: readonly CallEntry[]): string => entries.map(textOf).join(' ');

/** @throws when the text is not an entry */
export function entryOf(text: string): CallEntry {
  const colon = text.indexOf(':');
  const [at, count] = [Number(text.slice(0, colon)), Number(text.slice(colon + 1))];
  if (colon < 1 || !Number.isFinite(at) || !Number.isFinite(count))
    throw new Error(`not an entry of a log of calls: ${text}`);
  return { at, count };
}
