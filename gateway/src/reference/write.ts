import { writeFile } from 'node:fs/promises';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createApp } from '../app.ts';
import type { Gateway } from '../gateway.ts';
import type { ApiDocument } from './document.ts';
import { renderMarkdown } from './markdown.ts';

export const API_MARKDOWN = new URL('../../../docs/api.md', import.meta.url);

/**
 * Replaces a gateway's stores when the application is built only to describe itself: every member exists, and nothing
 * connects.
 */
export const unconnected: unknown = new Proxy(() => undefined, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : unconnected),
  apply: () => unconnected,
});

/** Generates `docs/api.md` from the application; needs neither Redis nor Postgres. */
export async function currentMarkdown(): Promise<string> {
  const lifecycle = createLifecycle();
  try {
    // Nothing is read from it: routes are only described.
    const app = createApp(unconnected as Gateway, { lifecycle });
    const answer = await app.request('/openapi.json');
    const document: ApiDocument = JSON.parse(await answer.text());
    return renderMarkdown(document);
  } finally {
    await lifecycle.close();
  }
}

if (import.meta.main) {
  await writeFile(API_MARKDOWN, await currentMarkdown());
  process.stdout.write('docs/api.md is up to date.\n');
}
