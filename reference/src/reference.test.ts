import { readFile } from 'node:fs/promises';
import { callsOf } from '@shopfast/kit/api-document/document';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { mergeDocuments } from './merge.ts';
import { describeServices } from './services.ts';
import { API_DOCUMENT, API_MARKDOWN, asJson, currentDocument } from './write.ts';

let document: Awaited<ReturnType<typeof currentDocument>>;
beforeAll(async () => {
  document = await currentDocument();
});

test('the document that the gateway serves is that of the current code; npm run docs:api updates it', async () => {
  expect(await readFile(API_DOCUMENT, 'utf8')).toBe(asJson(document));
});

test('docs/api.md says the same', async () => {
  expect(await readFile(API_MARKDOWN, 'utf8')).toBe(renderMarkdown(document));
});

describe('each call', () => {
  test('has an id of its own, a summary and a tag', () => {
    const ids = callsOf(document).map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id ?? ''))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { method, path, operation } of callsOf(document)) {
      expect(operation.summary, `${method} ${path}`).toBeTruthy();
      expect(operation.tags, `${method} ${path}`).toHaveLength(1);
    }
  });

  test('says what it needs: operators’ calls an admin key, and no other call one', () => {
    for (const { method, path, operation } of callsOf(document)) {
      const needed = operation.security?.flatMap(Object.keys) ?? ['nothing said'];
      expect(needed, `${method} ${path}`).not.toContain('nothing said');
      expect(needed.includes('adminKey'), `${method} ${path}`).toBe(path.startsWith('/v1/admin/'));
    }
  });

  test('with a JSON body or answer has an example of it', () => {
    const missing = callsOf(document).flatMap(({ method, path, operation }) => {
      const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      const contents = [operation.requestBody?.content, ...answers.map(([, { content }]) => content)];
      return contents.flatMap((content) => {
        const schema = content?.['application/json']?.schema;
        const named = document.components?.schemas?.[schema?.$ref?.split('/').at(-1) ?? ''];
        return !schema || (named ?? schema).example !== undefined ? [] : [`${method} ${path}`];
      });
    });
    expect(missing).toEqual([]);
  });
});

describe('merging', () => {
  test('refuses the same call twice, a name for two things, and an unknown tag', async () => {
    const [gateway, checkout] = await describeServices();
    if (!gateway || !checkout) throw new Error('a service is missing');
    expect(() => mergeDocuments([gateway, gateway])).toThrow(/Two services describe/);
    const other = { ...checkout, components: { schemas: { Problem: { type: 'string' } } } };
    expect(() => mergeDocuments([gateway, other])).toThrow('Problem stands for two different things');
    const untagged = { ...checkout, paths: { '/x': { get: { responses: {} } } } };
    expect(() => mergeDocuments([untagged])).toThrow('GET /x has no known tag');
  });
});
