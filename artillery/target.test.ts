import { expect, test } from 'vitest';
import { readTarget } from './target.ts';

const read = (text: string) => readTarget(text, { ownsHost: false });

test.each([
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['https://127.0.0.1', 'https://127.0.0.1'],
  ['http://127.9.8.7:81', 'http://127.9.8.7:81'],
  ['http://2130706433', 'http://127.0.0.1'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('%s is this machine', (text, origin) => {
  expect(read(text)).toBe(origin);
});

test.each([
  'http://shop.example',
  'http://localhost.shop.example',
  'http://127.0.0.1.shop.example',
  'http://192.168.0.10:3000',
  'http://0.0.0.0:3000',
  'http://[::2]:3000',
])('%s is refused: load goes to no other machine by accident', (text) => {
  expect(() => read(text)).toThrow(/is not this machine.*--i-own-this-host/);
});

test('a machine that the tester confirms to own is accepted', () => {
  expect(readTarget('https://staging.shop.example', { ownsHost: true })).toBe('https://staging.shop.example');
});

test.each(['localhost:3000', 'ftp://localhost', 'nonsense', ''])(
  '"%s" is not a target, even with --i-own-this-host',
  (text) => {
    expect(() => readTarget(text, { ownsHost: true })).toThrow(/--target must be an address like/);
  },
);

test.each([
  'http://localhost:3000/w/launch',
  'http://localhost:3000/?a=1',
  'http://me:secret@localhost:3000',
])('%s has more than an origin, and is refused without repeating it', (text) => {
  expect(() => read(text)).toThrow(
    '--target must be an address without path, query or password: http://localhost:3000',
  );
});
