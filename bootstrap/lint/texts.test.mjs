import { expect, test } from 'vitest';
import { textProblems, unusedKeys } from './texts.mjs';

test('every text is complete in every language, used, and has its types', () => {
  expect(textProblems()).toEqual([]);
});

test('a key that no code says is unused', () => {
  const code = `t('page.title'); <title>%t:page.lead%</title>; t(\`trouble.\${kind}\`); t(\`\${name}.subject\`)`;
  const keys = ['page.title', 'page.lead', 'trouble.offline', 'paid.subject', 'page.old', 'paid.more'];
  expect(unusedKeys(keys, code)).toEqual(['page.old', 'paid.more']);
});
