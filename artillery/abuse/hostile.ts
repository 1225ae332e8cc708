import type { Schema } from '@shopfast/kit/api-document/document';
import type { DocumentedCall } from './documents.ts';

/** A field of a documented body: its path and type. */
export type Field = { at: readonly string[]; schema: Schema; kind: 'text' | 'number' | 'time' };

/** Placeholder for a number that JSON.stringify cannot write. */
const BEYOND = 'a number beyond every number';

const TEXTS: readonly unknown[] = ['a\u0000b', 'a\ud83d', 'x'.repeat(40_000), 17, { $ne: null }, ['a'], true];
const NUMBERS: readonly unknown[] = [BEYOND, -1e308, 2 ** 63, '1', {}, [1], true];
const TIMES: readonly unknown[] = [
  '2026-13-45T99:99:99Z',
  '+275761-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-11-27T09:00:00Z\u0000',
  '2026-11-27T09:00:00+99:99',
  'now',
  17,
  {},
];

/** Values that a field of its kind must not accept. */
export const hostileValues = ({ kind, schema }: Field): readonly unknown[] => {
  if (kind === 'text') return TEXTS;
  if (kind === 'time') return TIMES;
  return schema.type === 'number' ? NUMBERS : [...NUMBERS, 1.5];
};

export const toJson = (body: unknown): string => JSON.stringify(body).replace(`"${BEYOND}"`, '1e400');

/** For path parameters, percent-encoded. `refused`: only a refusal is right. */
export const HOSTILE_PARTS: readonly { value: string; refused: boolean }[] = [
  { value: '%00', refused: true },
  { value: 'a%00b', refused: true },
  { value: '%ed%a0%bd', refused: true },
  { value: '%ff%fe', refused: true },
  { value: 'a'.repeat(5_000), refused: true },
  { value: '__proto__', refused: true },
  { value: '%E0%A4%A', refused: true },
];

export const HOSTILE_QUERIES: Record<
  'text' | 'number' | 'choice',
  readonly { value: string; refused: boolean }[]
> = {
  text: [
    { value: '%00', refused: true },
    { value: 'a%00b', refused: true },
    { value: 'a'.repeat(5_000), refused: true },
    { value: '%ed%a0%bd', refused: false },
    { value: '%E0%A4%A', refused: false },
  ],
  number: [
    { value: '-1', refused: true },
    { value: '1e309', refused: true },
    { value: '9'.repeat(30), refused: true },
    { value: '1.5', refused: true },
    { value: 'NaN', refused: true },
    { value: '%00', refused: true },
    { value: '0x10', refused: false },
  ],
  choice: [
    { value: '%00', refused: true },
    { value: 'constructor', refused: true },
    { value: 'TRUE', refused: false },
  ],
};

const isText = ({ type }: Schema) => type === 'string' || (Array.isArray(type) && type.includes('string'));
const isNumber = ({ type }: Schema) => [type].flat().some((one) => one === 'integer' || one === 'number');

/** Every field of a call's body that takes free text, a number or a time. */
export function fieldsOf({ operation, schemas }: DocumentedCall): Field[] {
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  return schema ? collect(resolve(schema, schemas), schemas, []) : [];
}

/** A body that is valid except for one field. */
export function bodyWith(
  { path, operation, schemas }: DocumentedCall,
  field: Field,
  value: unknown,
  samples: Samples,
): unknown {
  const schema = operation.requestBody?.content?.['application/json']?.schema ?? {};
  const body = build(resolve(schema, schemas), schemas, field.at, value, samples);
  // One product or a basket: the document cannot say that exactly one is needed.
  const also = path === '/v1/orders' && field.at[0] !== 'items' ? ['product_id', 'quantity'] : [];
  return { ...Object.fromEntries(also.map((name) => [name, samples[name]])), ...Object(body) };
}

export type Samples = Record<string, unknown>;

function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name ? (schemas[name] ?? {}) : schema;
}

function collect(schema: Schema, schemas: Record<string, Schema>, at: readonly string[]): Field[] {
  if (schema.type === 'array')
    return schema.items ? collect(resolve(schema.items, schemas), schemas, [...at, '0']) : [];
  if (schema.properties)
    return Object.entries(schema.properties)
      .filter(([name]) => !isTranslation(at, name))
      .flatMap(([name, inner]) => collect(resolve(inner, schemas), schemas, [...at, name]));
  if (schema.enum || at.length === 0) return [];
  if (isText(schema)) return [{ at, schema, kind: schema.format === 'date-time' ? 'time' : 'text' }];
  return isNumber(schema) ? [{ at, schema, kind: 'number' }] : [];
}

/** One language is tested for all of them. */
const isTranslation = (at: readonly string[], name: string) => at.at(-1) === 'text' && name !== 'en';

function build(
  schema: Schema,
  schemas: Record<string, Schema>,
  at: readonly string[],
  value: unknown,
  samples: Samples,
): unknown {
  const [next, ...rest] = at;
  if (next === undefined) return value;
  if (schema.type === 'array')
    return [build(resolve(schema.items ?? {}, schemas), schemas, rest, value, samples)];
  const body: Record<string, unknown> = {};
  for (const name of schema.required ?? [])
    body[name] = sample(name, resolve(schema.properties?.[name] ?? {}, schemas), samples);
  body[next] = build(resolve(schema.properties?.[next] ?? {}, schemas), schemas, rest, value, samples);
  return body;
}

function sample(name: string, schema: Schema, samples: Samples): unknown {
  if (name in samples) return samples[name];
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') return [sample(name, schema.items ?? {}, samples)];
  if (isNumber(schema)) return Math.max(1, schema.minimum ?? 1);
  return 'sample';
}
