import { type ApiDocument, type Call, type Content, callsByTag, type Parameter } from './document.ts';
import { limitsOf, shape } from './shape.ts';

/** `docs/api.md`: the OpenAPI document as Markdown. */
export function renderMarkdown(document: ApiDocument): string {
  const parts = [
    `# API of the gateway

${document.info.description}

Written by \`npm run docs:api\` from the gateway's own OpenAPI document (served at \`/openapi.json\`, readable at \`/docs\`); a test fails
when this file is older. Every call may also answer with a problem (RFC 9457): the codes are in [errors.md](errors.md). Calls marked
**key** need \`Authorization: Bearer adm_…\`. [Your first drop in 15 minutes](first-drop.md) shows the calls in use.`,
  ];
  for (const [tag, calls] of callsByTag(document)) {
    parts.push(`## ${tag}`);
    for (const call of calls) parts.push(...renderCall(call));
  }
  parts.push('## Documents');
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    parts.push(`### ${name}`, ...(schema.description ? [schema.description] : []), code(shape(schema)));
  return `${parts.join('\n\n')}\n`;
}

function renderCall({ method, path, operation }: Call): string[] {
  const key = operation.security?.length ? ' **key**' : '';
  const parts = [`### \`${method} ${path}\`${key}`, operation.summary ?? ''];
  if (operation.description) parts.push(operation.description);
  const parameters = operation.parameters ?? [];
  if (parameters.length > 0) parts.push(parameters.map(renderParameter).join('\n'));
  const body = contentOf(operation.requestBody?.content);
  if (body) parts.push(operation.requestBody?.required ? 'Body:' : 'Body (optional):', code(body));
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (status === 'default') continue;
    const content = contentOf(answer.content);
    parts.push(`\`${status}\` ${answer.description}${content ? ':' : ''}`);
    if (content) parts.push(/^[\w-]+\/[\w-]+$/.test(content) ? `\`${content}\`` : code(content));
  }
  return parts;
}

function renderParameter({ name, in: place, required, schema, description }: Parameter): string {
  const limits = limitsOf(schema ?? {});
  const detail = [shape(schema ?? {}), limits].filter(Boolean).join(', ');
  const also = description ? `: ${description}` : '';
  return `- \`${name}\` (${place}${required ? '' : ', optional'}): \`${detail}\`${also}`;
}

function contentOf(content: Content | undefined): string | null {
  const [entry] = Object.entries(content ?? {});
  if (!entry) return null;
  const [type, { schema }] = entry;
  return type === 'application/json' ? shape(schema ?? {}) : type;
}

const code = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
