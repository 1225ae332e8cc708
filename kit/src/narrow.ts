/** A value that is there by the logic around it. @throws Error if it is not */
export function present<T>(value: T | null | undefined, what = 'a value'): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing`);
  return value;
}

/** The keys of an object literal, with their names as a type. */
export function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // The cast: a literal has no other keys than those of its type.
  return Object.keys(record) as Key[];
}
