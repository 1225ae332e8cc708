import {
  type ApiDocument,
  type Call,
  type Content,
  callsOf,
  type Parameter,
  type Security,
} from '@shopfast/kit/api-document/document';
import { codesOf } from '@shopfast/kit/api-document/finish';
import { limitsOf, shape } from './shape.ts';

/** `docs/api.md`: the OpenAPI document as Markdown. */
export function renderMarkdown(document: ApiDocument): string {
  const parts = [
    `# API

Every call of the gateway, and of the checkout and the workers behind it. \`npm run docs:api\` writes this page from the OpenAPI
document that the gateway serves at \`/openapi.json\` and shows at \`/docs\`; a test fails when it is older than the code.

Each call says what it needs: a **ticket**, a **reservation token**, an **order token**, a **session** or an **admin key**. Any call may
also answer with another problem (RFC 9457): the codes are in [errors.md](errors.md).
[Your first drop in 15 minutes](first-drop.md) shows the calls in use.`,
  ];
  for (const { name, description } of document.tags ?? []) {
    const calls = callsOf(document).filter(({ operation }) => operation.tags?.[0] === name);
    parts.push(`## ${name}`, description, ...calls.flatMap(renderCall));
  }
  parts.push('## Documents');
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    parts.push(`### ${name}`, ...(schema.description ? [schema.description] : []), code(shape(schema)));
  return `${parts.join('\n\n')}\n`;
}

/** What a caller shows, by the names of the security schemes. */
const SHOWN: Record<string, string> = {
  adminKey: 'admin key',
  adminKeyAsPassword: 'admin key as password',
  ticketToken: 'ticket',
  ticketCookie: 'ticket cookie',
  reservationToken: 'reservation token',
  orderToken: 'order token',
  session: 'session',
};

function renderCall({ method, path, operation }: Call): string[] {
  const parts = [`### \`${method} ${path}\``, `${operation.summary}. ${needs(operation.security ?? [])}`];
  if (operation.description) parts.push(operation.description);
  const parameters = operation.parameters ?? [];
  if (parameters.length > 0) parts.push(parameters.map(renderParameter).join('\n'));
  const body = contentOf(operation.requestBody?.content);
  if (body) parts.push(operation.requestBody?.required ? 'Body:' : 'Body (optional):', shown(body));
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (!/^[23]/.test(status)) continue;
    const content = contentOf(answer.content);
    parts.push(`\`${status}\` ${answer.description}${content ? ':' : ''}`);
    if (content) parts.push(shown(content));
  }
  const codes = codesOf(operation);
  if (codes.length > 0) parts.push(`Problems: ${codes.map((one) => `\`${one}\``).join(', ')}`);
  return parts;
}

function needs(security: Security): string {
  const ways = security.map((one) => Object.keys(one).map((name) => SHOWN[name] ?? name));
  const named = ways.filter((names) => names.length > 0).map((names) => names.join(' and '));
  if (named.length === 0) return 'Needs nothing.';
  const optional = named.length < ways.length ? ', if there is one' : '';
  return `Needs: **${named.join('** or **')}**${optional}.`;
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

const shown = (content: string) => (/^[\w-]+\/[\w-]+$/.test(content) ? `\`${content}\`` : code(content));
const code = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
