import type { Schema } from '../api-document/document.ts';
import { type DocumentedCall, exampleOf, type ValueFor } from './documented-calls.ts';
import { HOSTILE_BODIES, HOSTILE_HEADERS, hostileEscaped, hostileJson } from './hostile-values.ts';

/** A request with one hostile part. Everything else in it is valid. */
export type HostileRequest = {
  part: 'none' | 'path' | 'query' | 'header' | 'body';
  /** The part, and its value. */
  what: string;
  method: string;
  /** Path and query as sent over the wire. */
  target: string;
  headers: Record<string, string>;
  body: string | null;
};

/** Headers that nearly every call reads, documented or not. */
const OTHER_HEADERS = [
  ...[
    'if-match',
    'if-none-match',
    'cookie',
    'accept-language',
    'accept',
    'x-request-id',
    'referer',
    'origin',
  ],
  ...['user-agent', 'content-type', 'authorization', 'x-binding', 'x-rehearsal', 'x-forwarded-for'],
  ...['last-event-id', 'stripe-signature'],
];

/** Marks the place in the body for the hostile JSON. */
const HERE = '@@hostile@@';

/**
 * All requests for a call, each with one hostile part: every path parameter, query parameter, header and field of the
 * body, at every depth that the document describes.
 * @param valueFor valid values for parameters and fields, so that the call passes its other checks
 */
export function* hostileRequests(call: DocumentedCall, valueFor: ValueFor): Generator<HostileRequest> {
  const json = call.body === null ? {} : { 'content-type': 'application/json' };
  const bodyText = () => (call.body === null ? null : JSON.stringify(exampleOf(call.body, '', valueFor)));
  const request = (
    part: HostileRequest['part'],
    what: string,
    change: Partial<HostileRequest> = {},
  ): HostileRequest => ({
    ...{ part, what: `${call.id}: ${what}`, method: call.method, target: targetOf(call, {}, valueFor) },
    ...{ headers: { ...json, ...headersOf(call, valueFor) }, body: bodyText(), ...change },
  });

  yield request('none', 'as documented');
  for (const { name, in: where } of call.parameters) {
    if (where === 'header') continue;
    const target = (value: string) => targetOf(call, { [name]: value }, valueFor);
    for (const value of hostileEscaped())
      yield request(where, `${name}=${short(value)}`, { target: target(value) });
    if (where === 'query') yield request(where, `${name} twice`, { target: `${target('1')}&${name}=%00` });
  }
  const unknown = `${targetOf(call, {}, valueFor)}?__proto__=1&%00=%00`;
  yield request('query', 'an unknown query parameter', { target: unknown });
  const documented = call.parameters
    .filter((one) => one.in === 'header')
    .map(({ name }) => name.toLowerCase());
  for (const name of new Set([...documented, ...OTHER_HEADERS]))
    for (const value of HOSTILE_HEADERS) {
      const { headers } = request('header', '');
      yield request('header', `${name}: ${short(value)}`, { headers: { ...headers, [name]: value } });
    }
  if (call.body === null) return;
  for (const body of HOSTILE_BODIES) yield request('body', `body ${short(body)}`, { body });
  for (const slot of slotsOf(call.body)) {
    const text = JSON.stringify(withHostile(call.body, slot.path, valueFor));
    for (const value of hostileJson(slot.schema.maxLength)) {
      const body = text.replaceAll(`"${HERE}"`, () => value);
      yield request('body', `${slot.path.join('.')} = ${short(value)}`, { body });
    }
  }
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text);

function targetOf(call: DocumentedCall, hostile: Record<string, string>, valueFor: ValueFor): string {
  const text = (name: string, schema: Schema) =>
    hostile[name] ?? encodeURIComponent(String(exampleOf(schema, name, valueFor)));
  let path = call.path;
  const query: string[] = [];
  for (const { name, in: where, required, schema } of call.parameters) {
    if (where === 'path') path = path.replace(`{${name}}`, () => text(name, schema));
    else if (where === 'query' && (required || name in hostile)) query.push(`${name}=${text(name, schema)}`);
  }
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function headersOf(call: DocumentedCall, valueFor: ValueFor): Record<string, string> {
  const needed = call.parameters.filter((one) => one.in === 'header' && one.required);
  return Object.fromEntries(
    needed.map(({ name, schema }) => [name.toLowerCase(), String(exampleOf(schema, name, valueFor))]),
  );
}

type Slot = { path: string[]; schema: Schema };

/** Every field in the schema of a body. An array is covered by its first element. */
function slotsOf(schema: Schema, path: string[] = []): Slot[] {
  const below = (inner: Schema, key: string): Slot[] => [
    { path: [...path, key], schema: textOf(inner) },
    ...slotsOf(inner, [...path, key]),
  ];
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => below(inner, key));
  const first = schema.items ? below(schema.items, '0') : [];
  const names = schema.propertyNames?.enum as string[] | undefined;
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null;
  const keyed = values ? below(values, names?.[0] ?? 'key') : [];
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...own, ...first, ...keyed, ...others.flatMap((one) => slotsOf(one, path))];
}

/** The text among the alternatives of a field, for its length limit. */
const textOf = (schema: Schema): Schema =>
  [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].find((one) => one.maxLength !== undefined) ?? schema;

function withHostile(schema: Schema, path: string[], valueFor: ValueFor): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return HERE;
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  const chosen = alternatives.find((one) => hasKey(one, key)) ?? schema;
  if (chosen.items) return [withHostile(chosen.items, rest, valueFor)];
  const inner = chosen.properties?.[key] ?? (chosen.additionalProperties as Schema);
  const { anyOf: _anyOf, oneOf: _oneOf, ...alone } = chosen;
  const around = exampleOf(alone, '', () => undefined);
  const known = Object.fromEntries(
    Object.keys(around as object).map((name) => [
      name,
      exampleOf(chosen.properties?.[name] ?? {}, name, valueFor),
    ]),
  );
  return { ...known, [key]: withHostile(inner, rest, valueFor) };
}

const hasKey = (schema: Schema, key: string) =>
  schema.properties?.[key] !== undefined || schema.items !== undefined;
