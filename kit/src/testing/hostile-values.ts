import fc from 'fast-check';

/** Numbers that no double or no Postgres column holds. They are written into the JSON unchanged. */
const RAW_NUMBERS = ['9223372036854775808', '-9223372036854775809', '1e308', '1e400', '-0', '1.5', '-1', '0'];
const INTEGER_EDGES = ['2147483647', '2147483648', '9007199254740991', '9007199254740992', '4294967296'];

/** Texts that a database, a browser or a program may read differently from how they look. */
export const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud83d',
  'a\udc00b',
  '\ud83d\ud83d\ude00',
  '\u0001\u001f\u007f\u0085\u009f',
  'line\nbreak\r\n\ttab',
  '\u202eright to left',
  'مرحبا שלום',
  '\ufeff\u2028\u2029\ufffe\uffff',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  'Infinity',
  '-1',
  '1e999',
  'null',
  '../../etc/passwd',
  '%00',
  "' or 1=1 --",
  '<script>',
  '/\t/evil.example',
  '//evil.example',
  'javascript:alert(1)',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '2026-02-30T00:00:00Z',
  'adm_x',
  '00000000-0000-0000-0000-000000000000',
  'ann@xn--e1afmkfd.xn--p1ai',
  'pm_',
  'x'.repeat(65),
  'x'.repeat(3_000),
];

/** JSON values of wrong types, as raw text. */
const RAW_VALUES = [
  'null',
  'true',
  '[]',
  '{}',
  '[null]',
  '["\\u0000"]',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"\\u0000":"\\u0000"}',
  '{"\\ud83d":1}',
  `${'['.repeat(500)}${']'.repeat(500)}`,
  `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
  `[${Array.from({ length: 2_000 }, () => '"x"').join(',')}]`,
];

/** Bodies that are not valid JSON objects. */
export const HOSTILE_BODIES = [
  '',
  ' ',
  'null',
  '[]',
  '"text"',
  '1e400',
  '{',
  '{"a":1,}',
  '\u0000',
  '\ufeff{}',
  '{"__proto__":{"role":"owner"}}',
  '{"a":1,"a":2}',
  'a=b&c=d',
  '['.repeat(1_500),
  '{"a":'.repeat(600),
  `"${'x'.repeat(1_000_000)}"`,
];

/** Texts at the limit in UTF-16 units and in code points, and just above both. */
function atTheLimit(most: number | undefined): string[] {
  if (most === undefined || most > 20_000) return [];
  return ['😀'.repeat(most), '😀'.repeat(Math.ceil(most / 2)), 'x'.repeat(most), 'é'.repeat(most + 1)];
}

/** The same values in every run. */
const SEED = 20_261_201;
const random = <T>(values: fc.Arbitrary<T>, numRuns: number) => fc.sample(values, { seed: SEED, numRuns });

/** For a field of a body, as JSON texts. */
export function hostileJson(maxLength: number | undefined): string[] {
  const texts = [
    ...HOSTILE_TEXTS,
    ...atTheLimit(maxLength),
    ...random(fc.string({ unit: 'binary', maxLength: 40 }), 6),
    ...random(fc.string({ unit: 'binary-ascii', maxLength: 40 }), 3),
  ];
  return [
    ...texts.map((text) => JSON.stringify(text)),
    ...[...RAW_NUMBERS, ...INTEGER_EDGES, ...RAW_VALUES],
    ...random(fc.json({ maxDepth: 3 }), 4),
  ];
}

/** For a part of a path or query: already escaped, and sometimes wrongly. */
export function hostileEscaped(): string[] {
  const texts = [...HOSTILE_TEXTS, ...RAW_NUMBERS, ...INTEGER_EDGES, '😀'.repeat(100)];
  return [
    ...texts.filter((text) => text.isWellFormed()).map(encodeURIComponent),
    ...['%00', 'a%00b', '%ED%A0%BD', '%ff', '%c0%af', '%', '%zz', '%2500', '%0d%0a', '..%2f..%2f', '%2e%2e'],
    ...random(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), 4).map(encodeURIComponent),
  ];
}

/** For a header: values that HTTP can carry. */
export const HOSTILE_HEADERS = [
  '',
  'é\u00ff\u0080',
  'x'.repeat(4_000),
  '\t',
  '"9223372036854775808"',
  '"-1"',
  'W/"1e9"',
  '*',
  '%00',
  '__proto__',
  '=;=;,;',
  '../..',
];
