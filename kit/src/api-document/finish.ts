import { type ErrorCode, errorRegistry, Problem, problemDocument } from '../errors.ts';
import { SECURITY_SCHEMES } from './describe.ts';
import { type ApiDocument, callsOf, type Operation, type Schema } from './document.ts';
import { EXAMPLES } from './examples.ts';

/** The spelling of header parameters, which Hono reads in lower case. */
const HEADERS = ['Idempotency-Key', 'If-Match', 'Stripe-Signature', 'X-Binding'];
const SPELLING = new Map(HEADERS.map((name) => [name.toLowerCase(), name]));

/**
 * Completes a service's generated document in place: the examples, the security schemes that it uses, the problem
 * that any call may answer with, and the usual spelling of headers.
 * @param generated what `getOpenAPI31Document` returns
 */
export function finishDocument(generated: object): ApiDocument {
  // The generator's own type has every freedom of OpenAPI; our calls use a part of it.
  const document = generated as ApiDocument;
  const calls = callsOf(document);
  const schemas = document.components?.schemas ?? {};
  for (const [name, schema] of Object.entries(schemas)) if (name in EXAMPLES) schema.example = EXAMPLES[name];
  const examples = new Set<ErrorCode>();
  const schemes = new Set<keyof typeof SECURITY_SCHEMES>();
  for (const { operation } of calls) {
    for (const code of codesOf(operation)) examples.add(code);
    for (const name of (operation.security ?? []).flatMap(Object.keys)) {
      if (!isScheme(name)) throw new Error(`${operation.operationId} needs an unknown ${name}`);
      schemes.add(name);
    }
    for (const parameter of operation.parameters ?? [])
      parameter.name = SPELLING.get(parameter.name) ?? parameter.name;
    operation.responses.default ??= {
      description: 'Any other problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  document.components = {
    schemas: sorted(schemas),
    securitySchemes: sorted(Object.fromEntries([...schemes].map((name) => [name, SECURITY_SCHEMES[name]]))),
    examples: sorted(Object.fromEntries([...examples].map((code) => [code, exampleOf(code)]))),
  };
  return document;
}

const isScheme = (name: string): name is keyof typeof SECURITY_SCHEMES => name in SECURITY_SCHEMES;
const isCode = (name: string): name is ErrorCode => name in errorRegistry;

/** The codes of an operation's problems: the names of their examples. */
export function codesOf({ responses }: Pick<Operation, 'responses'>): ErrorCode[] {
  return Object.values(responses).flatMap(({ content }) => {
    const media: { schema?: Schema; examples?: object } | undefined = content?.['application/problem+json'];
    return Object.keys(media?.examples ?? {}).filter(isCode);
  });
}

const exampleOf = (code: ErrorCode) => ({
  summary: errorRegistry[code].title,
  value: problemDocument(new Problem(code), '0199f3a2-7c1e-7d64-9b1f-3f2f6c1d2a4b'),
});

const sorted = <Value>(entries: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
