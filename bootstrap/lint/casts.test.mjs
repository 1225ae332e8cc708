import { expect, test } from 'vitest';
import { castsIn, unexplainedCasts } from './casts.mjs';

test('every cast of the services and of their shared code is explained', () => {
  expect(unexplainedCasts()).toEqual([]);
});

test('a cast without a comment is named with its line; `as const` and imports are no casts', () => {
  const text = [
    "import { a as b } from './a.ts';",
    'const c = [b] as const;',
    '',
    'const d = c as unknown as string;',
    '',
    '// The script returns numbers.',
    'const e = d as number;',
    'const f = (',
    '  e as string // A comment on the line of the cast.',
    ');',
  ].join('\n');
  expect(castsIn('x.ts', text)).toEqual([
    { line: 4, isExplained: false },
    { line: 4, isExplained: false },
    { line: 7, isExplained: true },
    { line: 9, isExplained: true },
  ]);
  expect(unexplainedCasts(['kit/src/x.ts', 'bootstrap/x.ts'], () => text)).toHaveLength(2);
});
