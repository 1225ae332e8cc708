import { expect, test } from 'vitest';
import { unknownCommands } from './commands.mjs';

test('every command that a document, a message or a comment names exists', () => {
  expect(unknownCommands()).toEqual([]);
});

test('a script or a program that does not exist is named', () => {
  const word = 'npm run';
  const texts = {
    'kit/src/page.ts': `say('The pages are not built: ${word} front'); // or ${word} build`,
    'docs/one.md': `${word} db:migrate, npm start, node --env-file=x.env serve.mjs gateway, node db/src/gone.ts`,
    'CHANGELOG.md': `${word} front`,
  };
  const found = unknownCommands(Object.keys(texts), (path) => texts[path]);
  expect(found).toEqual([
    `kit/src/page.ts: there is no "${word} front" in package.json`,
    'docs/one.md: there is no program db/src/gone.ts',
  ]);
});
