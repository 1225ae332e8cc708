/** Writes `messages/<part>.ts` for each part of the texts: `npm run messages`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { partsOfTexts } from './catalogues.ts';
import { messageTypes } from './message-types.ts';

const folder = new URL('./messages/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const part of partsOfTexts()) writeFileSync(new URL(`${part}.ts`, folder), messageTypes(part));
