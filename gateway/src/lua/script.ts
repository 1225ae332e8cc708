/** A Lua command: the name of its file without `.lua`, and how many of its arguments are keys. */
export type Script = { name: string; numberOfKeys: number };

export type Argument = string | number | Buffer;

type Value = number | string | undefined;

/** A value of a reply. @throws when it is not a number: the script and its `.ts` file do not fit together */
export function numberAt(reply: readonly Value[], at: number): number {
  const value = reply[at];
  if (typeof value !== 'number') throw new Error(`a script returned ${typeof value} at ${at}, not a number`);
  return value;
}

/** A value of a reply. @throws when it is not a text */
export function textAt(reply: readonly Value[], at: number): string {
  const value = reply[at];
  if (typeof value !== 'string') throw new Error(`a script returned ${typeof value} at ${at}, not a text`);
  return value;
}
