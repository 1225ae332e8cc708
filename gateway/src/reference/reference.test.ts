import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { callsByTag } from './document.ts';
import { renderMarkdown } from './markdown.ts';
import { API_MARKDOWN, currentMarkdown } from './write.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const openapi = async () => (await it.send('GET', '/openapi.json')).body;

describe('docs/api.md', () => {
  test('matches the running gateway; npm run docs:api updates it', async () => {
    const written = await readFile(API_MARKDOWN, 'utf8');
    expect(written).toBe(renderMarkdown(await openapi()));
  });

  test('is the same when generated without Redis and Postgres', async () => {
    expect(await currentMarkdown()).toBe(renderMarkdown(await openapi()));
  });
});

describe('/openapi.json', () => {
  test('has a summary, a tag and an answer for each call, and marks those that need a key', async () => {
    for (const [tag, calls] of callsByTag(await openapi()))
      for (const { method, path, operation } of calls) {
        const call = `${method} ${path}`;
        expect(tag, call).not.toBe('Other');
        expect(operation.summary, call).toBeTruthy();
        expect(Object.keys(operation.responses), call).toContain('default');
        expect((operation.security ?? []).length > 0, call).toBe(path.startsWith('/v1/admin/'));
      }
  });

  test('describes every admin call that the application answers', async () => {
    const document = await openapi();
    const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const plain = (path: string) =>
      path.replace(/\/$/, '').replace(/:\w+\{[^}]*\}/g, (part) => part.split('{')[0] as string);
    const answered = it.app.routes
      .filter(({ path, method }) => path.startsWith('/v1/admin') && method !== 'ALL')
      .map(({ path, method }) => `${method} ${plain(path)}`);
    expect(answered.filter((call) => !described.includes(call))).toEqual([]);
  });
});

describe('/docs', () => {
  test('shows every call, without scripts and external resources', async () => {
    const { text, headers } = await it.send('GET', '/docs');
    expect(headers.get('content-type')).toContain('text/html');
    for (const path of Object.keys((await openapi()).paths)) expect(text).toContain(path);
    expect(text).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|javascript:|\sstyle=/i);
    const outside = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].filter(
      ([, link]) => !/^[#/](?!\/)/.test(link as string),
    );
    expect(outside).toEqual([]);
  });

  test('allows only its own style by its policy', async () => {
    const { text, headers } = await it.send('GET', '/docs');
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});
