import { compilePart } from './catalogues.ts';

/**
 * The TypeScript file of a part: the keys of its English messages, with the arguments that each one takes.
 * @param part a folder of `catalogues`
 */
export function messageTypes(part: string): string {
  const lines = Object.entries(compilePart(part, 'en')).map(([key, { args }]) => {
    const types = [...args].map(([name, type]) => `${name}: ${TYPES[type]}`);
    return `  ${/^\w+$/.test(key) ? key : `'${key}'`}: ${types.length > 0 ? `{ ${types.join('; ')} }` : 'unknown'};\n`;
  });
  return `// Made by \`npm run messages\` from catalogues/${part}/en.json. Change that file instead.
export type ${typeNameOf(part)} = {
${lines.join('')}};
`;
}

const TYPES = { number: 'number', text: 'string | number' };

/** `mail-pages` is `MailPagesMessages`. */
const typeNameOf = (part: string) =>
  `${part.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())}Messages`;
