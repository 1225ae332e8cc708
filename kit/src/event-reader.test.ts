import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventReader } from './event-reader.ts';

const STREAM =
  ':hello\n\ndata: {"a":1}\n\nevent: ended\ndata: {"code":"x"}\n\nretry: 1000\n\ndata: one\r\ndata:two\r\n\r\n';

test('events, names, comments and retry times are parsed', () => {
  expect(createEventReader()(STREAM)).toEqual([
    { event: 'message', data: '{"a":1}', retryMs: null },
    { event: 'ended', data: '{"code":"x"}', retryMs: null },
    { event: 'message', data: '', retryMs: 1_000 },
    { event: 'message', data: 'one\ntwo', retryMs: null },
  ]);
});

test('the stream may arrive in any pieces', () => {
  const whole = createEventReader()(STREAM);
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length)), (cuts) => {
      const read = createEventReader();
      const at = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
      const pieces = at.slice(1).map((end, i) => STREAM.slice(at[i], end));
      expect(pieces.flatMap(read)).toEqual(whole);
    }),
  );
});
