import { type ApiDocument, callsOf, type Schema } from '../api-document/document.ts';

/** Where a parameter of our calls is; cookies are described as security. */
type Place = 'path' | 'query' | 'header';

/** A call as an OpenAPI document describes it, with every `$ref` of its body resolved. */
export type DocumentedCall = {
  /** Method and path, as in `GET /v1/rooms/{room}/status`. */
  id: string;
  method: string;
  path: string;
  isAdmin: boolean;
  parameters: { name: string; in: Place; required: boolean; schema: Schema }[];
  body: Schema | null;
};

/** All calls of a document, in order. */
export function documentedCalls(document: ApiDocument): DocumentedCall[] {
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(document.components?.schemas?.[name] ?? {});
  };
  return callsOf(document).map(({ method, path, operation }) => {
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    return {
      id: `${method} ${path}`,
      method,
      path,
      isAdmin: (operation.security ?? []).some((one) => 'adminKey' in one),
      parameters: (operation.parameters ?? []).map((one) => ({
        name: one.name,
        // Our calls describe cookies as security, never as parameters.
        in: one.in as Place,
        required: one.required ?? false,
        schema: resolve(one.schema ?? {}),
      })),
      body: schema ? resolve(schema) : null,
    };
  });
}

/** A value for a field of this name; undefined: use the schema. May return another value each time. */
export type ValueFor = (name: string) => unknown;

/** A value that fits a schema. Values for patterns come from `valueFor`. */
export function exampleOf(schema: Schema, name: string, valueFor: ValueFor): unknown {
  const given = valueFor(name);
  if (given !== undefined) return given;
  const one = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (one?.[0]) return exampleOf(one[0], name, valueFor);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const wanted = schema.required ?? [];
    return Object.fromEntries(
      wanted.map((key) => [key, exampleOf(schema.properties?.[key] ?? {}, key, valueFor)]),
    );
  }
  if (type === 'array') return [exampleOf(schema.items ?? {}, name, valueFor)];
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return true;
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (schema.format === 'date-time') return '2030-01-01T00:00:00Z';
  return 'example';
}
