import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Form, type FormValue, parseForm } from './form.ts';

/** Encodes a form as the official library does. */
function writeForm(form: Form): string {
  const pairs: string[] = [];
  const write = (name: string, value: FormValue) => {
    if (typeof value === 'string') pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    else for (const [key, inner] of Object.entries(value)) write(`${name}[${key}]`, inner);
  };
  for (const [name, value] of Object.entries(form)) write(name, value);
  return pairs.join('&');
}

test('nested groups and lists are decoded', () => {
  expect(parseForm('amount=5&metadata[order_id]=a%26b&types[0]=card&types[1]=link&expand[]=x')).toEqual({
    amount: '5',
    metadata: { order_id: 'a&b' },
    types: ['card', 'link'],
    expand: ['x'],
  });
});

test('any encoded form is decoded to the same value', () => {
  const name = fc.stringMatching(/^[a-z_]{1,8}$/);
  const { value } = fc.letrec<{ value: FormValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }), (form) => {
      expect(parseForm(writeForm(form))).toEqual(form);
    }),
  );
});

test('an ambiguous, invalid or too deep name is refused', () => {
  for (const body of ['a=1&a[b]=2', 'a[b]=2&a=1', 'a[=1', '=1', `a${'[b]'.repeat(10)}=1`])
    expect(() => parseForm(body)).toThrow(SyntaxError);
});

test('names cannot reach a prototype', () => {
  const form = parseForm(
    '__proto__[polluted]=1&metadata[__proto__][polluted]=1&constructor[prototype][polluted]=1',
  );
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(form)).toEqual(['__proto__', 'metadata', 'constructor']);
});
