import type { Schema } from '@shopfast/kit/api-document/document';

/** A schema in readable form: TypeScript-like, one field per line, limits as comments. */
export function shape(schema: Schema, indent = ''): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.allOf) return shape(merge(schema.allOf), indent);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => shape(choice, indent)).join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = [schema.type ?? []].flat();
  const named = types.map((type) => shapeOfType(type, schema, indent));
  return named.join(' | ') || 'any';
}

function shapeOfType(type: string, schema: Schema, indent: string): string {
  if (type === 'array') return `${bracketed(shape(schema.items ?? {}, indent))}[]`;
  if (type !== 'object') return type;
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return 'object';
  const lines = fields.map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    const limits = limitsOf(field);
    return `${indent}  ${name}${optional}: ${shape(field, `${indent}  `)}${limits ? `  // ${limits}` : ''}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

export const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const bracketed = (text: string) => (/^[^{]*\|/.test(text) ? `(${text})` : text);

function merge(parts: Schema[]): Schema {
  // allOf: the fields of all parts together. A named part is shown only by its name.
  const named = parts.find((part) => part.$ref);
  if (named && parts.length === 1) return named;
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})),
    required: parts.flatMap((part) => part.required ?? []),
  };
}

/** Limits of a value in words: "1 to 60000", "at most 100 characters", "date-time". */
export function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, format, description } = schema;
  const said: string[] = [];
  // 2^53 - 1 means "a whole number", and is not a limit of ours.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least !== undefined && most !== undefined) said.push(`${least} to ${most}`);
  else if (least !== undefined) said.push(`at least ${least}`);
  else if (most !== undefined) said.push(`at most ${most}`);
  if (maxLength !== undefined) said.push(`${minLength ?? 0} to ${maxLength} characters`);
  if (format) said.push(format);
  if (description) said.push(description);
  if (schema.default !== undefined) said.push(`default ${JSON.stringify(schema.default)}`);
  return said.join(', ');
}
