/** The parts of OpenAPI 3.1 and JSON Schema that our own document uses. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};
export type Content = Record<string, { schema?: Schema }>;
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
  description?: string;
};
export type Operation = {
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
export type ApiDocument = {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
};

export type Call = { method: string; path: string; operation: Operation };

/** Shoppers first, then operators in the order of a sale. Other tags come last. */
const TAGS = [
  'Tickets',
  'Tokens',
  'Rooms',
  'Templates',
  'Rehearsal',
  'Webhooks',
  'Jobs',
  'Keys',
  'Audit',
  'Health',
];

/** All calls under their tags. */
export function callsByTag(document: ApiDocument): Map<string, Call[]> {
  const byTag = new Map<string, Call[]>();
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? 'Other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  const rank = (tag: string) => (TAGS.includes(tag) ? TAGS.indexOf(tag) : TAGS.length);
  return new Map([...byTag].sort(([a], [b]) => rank(a) - rank(b)));
}

/** Adds the problem answer to every call of the generated document. */
export function withProblems(document: ApiDocument): ApiDocument {
  const problem = {
    description: 'Refused or failed',
    content: { 'application/problem+json': { schema: PROBLEM } },
  };
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) operation.responses.default ??= problem;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
  };
  return document;
}

const PROBLEM: Schema = { $ref: '#/components/schemas/Problem' };
const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'RFC 9457; the codes are listed in docs/errors.md',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
        required: ['field', 'message'],
      },
    },
    request_id: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'code'],
};
