/** A form-encoded body as Stripe reads it: `metadata[order_id]=1` and `types[0]=card` (or `types[]=card`) nest. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

type Branch = { [key: string]: string | Branch };

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const MAX_DEPTH = 6;

/** @throws SyntaxError if a name is invalid or ambiguous */
export function parseForm(body: string): Form {
  const root: Branch = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) insert(root, pathOf(name), value);
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, nested(value)]));
}

function pathOf(name: string): string[] {
  const [, first, brackets] = NAME.exec(name) ?? [];
  const path = [first ?? '', ...[...(brackets ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key ?? '')];
  if (first === undefined || path.length > MAX_DEPTH)
    throw new SyntaxError(`Invalid parameter name: ${name}`);
  return path;
}

function insert(root: Branch, path: string[], value: string): void {
  let branch = root;
  for (const [index, step] of path.entries()) {
    const key = step === '' ? String(Object.keys(branch).length) : step;
    const present = branch[key];
    if (index === path.length - 1) {
      if (typeof present === 'object')
        throw new SyntaxError(`Parameter ${path[0]} is both a value and a group`);
      branch[key] = value;
    } else {
      if (typeof present === 'string')
        throw new SyntaxError(`Parameter ${path[0]} is both a value and a group`);
      branch = branch[key] = present ?? Object.create(null);
    }
  }
}

/** A group with the keys 0, 1, 2, … is a list. */
function nested(value: string | Branch): FormValue {
  if (typeof value === 'string') return value;
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key, index) => key === String(index)))
    return Object.values(value).map(nested);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nested(inner)]));
}
