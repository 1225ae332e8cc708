import { writeFile } from 'node:fs/promises';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { renderMarkdown } from './markdown.ts';
import { mergeDocuments } from './merge.ts';
import { describeServices } from './services.ts';

/** The gateway serves this file. */
export const API_DOCUMENT = new URL('../../gateway/src/reference/openapi.json', import.meta.url);
export const API_MARKDOWN = new URL('../../docs/api.md', import.meta.url);

/** The one document, from the current code. */
export const currentDocument = async (): Promise<ApiDocument> => mergeDocuments(await describeServices());

export const asJson = (document: ApiDocument): string => `${JSON.stringify(document, null, 2)}\n`;

if (import.meta.main) {
  const document = await currentDocument();
  await writeFile(API_DOCUMENT, asJson(document));
  await writeFile(API_MARKDOWN, renderMarkdown(document));
  process.stdout.write('gateway/src/reference/openapi.json and docs/api.md are up to date.\n');
}
