/** One changed field, before and after, as text. */
export type Change = { field: string; before: string | null; after: string | null };

/** The fields that an audit entry changed. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [from, to] = [asFields(before), asFields(after)];
  const fields = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...fields].flatMap((field) => {
    const change = { field, before: asText(from[field]), after: asText(to[field]) };
    // A new object's empty field is not a change.
    const isEmpty = change.before === null && change.after === 'null';
    return isEmpty || change.before === change.after ? [] : [change];
  });
}

function asFields(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : { '': value };
}

function asText(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
