import { expect, test } from 'vitest';
import { readAnswers } from './wire.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const bad = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';

test.each([
  ['one answer', ok, [200]],
  ['two answers', ok + bad, [200, 400]],
  ['an interim answer before', `HTTP/1.1 100 Continue\r\n\r\n${ok}`, [200]],
  [
    'a chunked answer before another',
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n${bad}`,
    [200, 400],
  ],
  ['an answer without a body', `HTTP/1.1 204 No Content\r\n\r\n${ok}`, [204, 200]],
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-', []],
  ['no HTTP', 'hello', []],
])('%s', (_, raw, statuses) => {
  expect(readAnswers(raw).map(({ status }) => status)).toEqual(statuses);
});

test('an answer whose body is not whole yet is known as such', () => {
  expect(readAnswers(ok.slice(0, -1))).toMatchObject([{ status: 200, whole: false }]);
});
