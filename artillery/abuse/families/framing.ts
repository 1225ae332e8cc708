import { present } from '@shopfast/kit/narrow';
import { type Answer, firstWrong } from '../answer.ts';
import { family, type Row } from '../case.ts';
import { ECHO } from '../echo-upstream.ts';
import type { Need } from '../needs.ts';
import { type Received, sendBytes } from '../wire.ts';
import type { World } from '../world.ts';

const CRLF = '\r\n';
const SMUGGLED = `GET /healthz?smuggled HTTP/1.1${CRLF}Host: smuggled${CRLF}${CRLF}`;

/** The bytes of one connection, and how many answers are allowed. */
type Bytes = {
  id: string;
  title: string;
  source: string;
  /** The head after the request line and Host, without the empty line. */
  head?: readonly string[];
  body?: string;
  /** Instead of `POST /v1/auth/sign-in HTTP/1.1`. */
  line?: string;
  /** All bytes, instead of the parts above. */
  raw?: (host: string) => string;
  /** Default: 400, or closed without an answer. */
  status?: readonly number[];
  /** Default: 1. */
  answers?: number;
  needs?: readonly Need[];
  reduced?: boolean;
};

const REFUSED = [400, 0];
const LINE = 'POST /v1/auth/sign-in HTTP/1.1';
const R6 = 'RFC 9112 6.3';
const R5 = 'RFC 9112 5';

const BYTES: readonly Bytes[] = [
  // Two lengths
  {
    id: 'cl-te',
    title: 'Content-Length before chunked',
    source: 'RFC 9112 6.1',
    reduced: true,
    head: ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'te-cl',
    title: 'chunked before Content-Length',
    source: 'RFC 9112 6.1',
    head: ['Transfer-Encoding: chunked', 'Content-Length: 4'],
    body: `5c${CRLF}${SMUGGLED}${CRLF}0${CRLF}${CRLF}`,
  },
  {
    id: 'cl-cl',
    title: 'two different lengths',
    source: R6,
    reduced: true,
    head: ['Content-Length: 0', `Content-Length: ${SMUGGLED.length}`],
    body: SMUGGLED,
  },
  {
    id: 'cl-list',
    title: 'a list of two lengths',
    source: R6,
    head: [`Content-Length: 0, ${SMUGGLED.length}`],
    body: SMUGGLED,
  },
  {
    id: 'cl-plus',
    title: 'a length with a plus sign',
    source: 'RFC 9110 8.6',
    head: [`Content-Length: +${SMUGGLED.length}`],
    body: SMUGGLED,
  },
  {
    id: 'cl-minus',
    title: 'a negative length',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: -1'],
    body: SMUGGLED,
  },
  {
    id: 'cl-hex',
    title: 'a length in hexadecimal',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: 0x0'],
    body: SMUGGLED,
  },
  {
    id: 'cl-space',
    title: 'two numbers in a length',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: 0 5'],
    body: SMUGGLED,
  },
  {
    id: 'cl-point',
    title: 'a length with a decimal point',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: 0.0'],
    body: SMUGGLED,
  },
  {
    id: 'cl-letters',
    title: 'a length with letters after it',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: 0abc'],
    body: SMUGGLED,
  },
  {
    id: 'cl-empty',
    title: 'an empty length',
    source: 'RFC 9110 8.6',
    head: ['Content-Length:'],
    body: SMUGGLED,
  },
  {
    id: 'cl-huge',
    title: 'a length of twenty-two digits',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: 9999999999999999999999'],
    body: SMUGGLED,
  },
  {
    id: 'cl-nbsp',
    title: 'a length after a no-break space',
    source: 'RFC 9110 8.6',
    head: ['Content-Length: \u00a00'],
    body: SMUGGLED,
  },
  // Transfer codings
  {
    id: 'te-unknown',
    title: 'an unknown transfer coding',
    source: 'RFC 9112 6.1',
    head: ['Transfer-Encoding: xchunked'],
    body: SMUGGLED,
    status: [400, 0],
  },
  {
    id: 'te-identity',
    title: 'the coding identity',
    source: 'RFC 9112 6.1',
    head: ['Transfer-Encoding: identity'],
    body: SMUGGLED,
    status: [400, 0],
  },
  {
    id: 'te-not-last',
    title: 'chunked, but not last',
    source: R6,
    head: ['Transfer-Encoding: chunked, identity'],
    body: SMUGGLED,
    status: [400, 0],
  },
  {
    id: 'te-twice',
    title: 'chunked twice',
    source: 'RFC 9112 7',
    head: ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    body: `0${CRLF}${CRLF}`,
  },
  {
    id: 'te-twice-other',
    title: 'chunked, and in a second header something else',
    source: R6,
    head: ['Transfer-Encoding: chunked', 'Transfer-Encoding: x'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 0],
  },
  {
    id: 'te-tab',
    title: 'chunked after a vertical tab',
    source: R5,
    head: ['Transfer-Encoding: \u000bchunked'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'te-space-colon',
    title: 'a space before the colon',
    source: 'RFC 9112 5.1',
    head: ['Transfer-Encoding : chunked'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'te-fold',
    title: 'chunked on a folded line',
    source: 'RFC 9112 5.2',
    head: ['Transfer-Encoding:', ' chunked'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'te-quoted',
    title: 'chunked in quotes',
    source: R6,
    head: ['Transfer-Encoding: "chunked"'],
    body: SMUGGLED,
    status: [400, 0],
  },
  {
    id: 'te-http10',
    title: 'chunked in HTTP/1.0',
    source: 'RFC 9112 6.1',
    line: 'POST /v1/auth/sign-in HTTP/1.0',
    head: ['Connection: keep-alive', 'Transfer-Encoding: chunked'],
    body: `0${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 403, 415, 422, 0],
  },
  // Chunks
  {
    id: 'chunk-minus',
    title: 'a negative chunk size',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `-1${CRLF}${SMUGGLED}`,
  },
  {
    id: 'chunk-hex',
    title: 'a chunk size with 0x',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `0x0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'chunk-huge',
    title: 'a chunk size beyond 64 bits',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `FFFFFFFFFFFFFFFFFF${CRLF}${SMUGGLED}`,
  },
  {
    id: 'chunk-underscore',
    title: 'a chunk size with an underscore',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `0_0${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'chunk-word',
    title: 'a chunk size that is a word',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `zz${CRLF}${CRLF}`,
  },
  {
    id: 'chunk-lf',
    title: 'a bare newline after a chunk size',
    source: 'RFC 9112 2.2',
    head: ['Transfer-Encoding: chunked'],
    body: `0\n\n${SMUGGLED}`,
  },
  {
    id: 'chunk-longer',
    title: 'more data than the chunk size says',
    source: 'RFC 9112 7.1',
    head: ['Transfer-Encoding: chunked'],
    body: `2${CRLF}abcdef${CRLF}0${CRLF}${CRLF}`,
  },
  {
    id: 'chunk-cr-extension',
    title: 'a newline within a chunk extension',
    source: 'RFC 9112 7.1.1',
    head: ['Transfer-Encoding: chunked'],
    body: `0;a\nb${CRLF}${CRLF}${SMUGGLED}`,
  },
  {
    id: 'chunk-extension-long',
    title: 'chunk extensions of 40 kB',
    source: 'CVE-2024-22019',
    head: ['Transfer-Encoding: chunked'],
    body: `1;${'a'.repeat(40_000)}${CRLF}x${CRLF}0${CRLF}${CRLF}`,
    status: [400, 413, 431, 0],
  },
  {
    id: 'chunk-trailers-long',
    title: 'trailers of 40 kB',
    source: 'RFC 9112 7.1.2',
    head: ['Transfer-Encoding: chunked'],
    body: `0${CRLF}a: ${'b'.repeat(40_000)}${CRLF}${CRLF}`,
    status: [400, 403, 413, 415, 422, 431, 0],
  },
  {
    id: 'chunk-trailer-length',
    title: 'a trailer that names a length',
    source: 'RFC 9110 6.5.1',
    head: ['Transfer-Encoding: chunked'],
    body: `0${CRLF}Content-Length: 50${CRLF}${CRLF}`,
    status: [400, 403, 415, 422, 0],
  },
  // Header lines
  { id: 'header-space', title: 'a space in a header’s name', source: 'RFC 9112 5.1', head: ['X Y: z'] },
  { id: 'header-no-colon', title: 'a header without a colon', source: R5, head: ['nonsense'] },
  { id: 'header-empty-name', title: 'a header without a name', source: R5, head: [': value'] },
  { id: 'header-nul', title: 'NUL in a header’s value', source: 'RFC 9110 5.5', head: ['X-A: a\u0000b'] },
  { id: 'header-name-nul', title: 'NUL in a header’s name', source: 'RFC 9110 5.1', head: ['X\u0000A: b'] },
  {
    id: 'header-latin-name',
    title: 'a letter that is not ASCII in a header’s name',
    source: 'RFC 9110 5.1',
    head: ['X-\u00e9: b'],
  },
  { id: 'header-bracket', title: 'a bracket in a header’s name', source: 'RFC 9110 5.1', head: ['X(A): b'] },
  {
    id: 'header-fold',
    title: 'a folded header',
    source: 'RFC 9112 5.2',
    head: ['X-A: a', ' b'],
    status: [400, 403, 415, 422, 0],
  },
  {
    id: 'header-cr',
    title: 'a bare carriage return in a value',
    source: 'RFC 9112 2.2',
    head: ['X-A: a\rX-B: b'],
  },
  {
    id: 'header-lf',
    title: 'bare newlines between headers',
    source: 'RFC 9112 2.2',
    raw: (host) => `GET /healthz HTTP/1.1\nHost: ${host}\nX-A: a\n\n`,
  },
  {
    id: 'header-lead-space',
    title: 'a space before the first header',
    source: 'RFC 9112 2.2',
    raw: (host) => `GET /healthz HTTP/1.1${CRLF} X-A: a${CRLF}Host: ${host}${CRLF}${CRLF}`,
  },
  // Host
  {
    id: 'host-missing',
    title: 'no Host in HTTP/1.1',
    source: 'RFC 9112 3.2',
    reduced: true,
    raw: () => `GET /healthz HTTP/1.1${CRLF}${CRLF}`,
  },
  {
    id: 'host-twice',
    title: 'two Host headers',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}Host: evil.example${CRLF}${CRLF}`,
  },
  {
    id: 'host-user',
    title: 'a Host with a user',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /w/launch HTTP/1.1${CRLF}Host: evil@${host}${CRLF}${CRLF}`,
    status: [200, 400, 404, 421, 0],
  },
  {
    id: 'host-space',
    title: 'a Host with a space',
    source: 'RFC 9112 3.2',
    raw: () => `GET /v1/rooms/x/status HTTP/1.1${CRLF}Host: a b${CRLF}${CRLF}`,
    status: [400, 404, 421, 0],
  },
  {
    id: 'host-path',
    title: 'a Host with a path',
    source: 'RFC 9112 3.2',
    raw: () => `GET /v1/admin/me HTTP/1.1${CRLF}Host: evil/../x${CRLF}${CRLF}`,
    status: [400, 401, 421, 0],
  },
  // Request line
  {
    id: 'line-tab',
    title: 'tabs in the request line',
    source: 'RFC 9112 3',
    raw: (host) => `GET\t/healthz\tHTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
  },
  {
    id: 'line-space-in-target',
    title: 'a space in the target',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /healthz x HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
  },
  {
    id: 'line-no-version',
    title: 'no version',
    source: 'RFC 9112 3',
    raw: () => `GET /healthz${CRLF}${CRLF}`,
  },
  {
    id: 'line-version-9',
    title: 'a version that does not exist, HTTP/9.9',
    source: 'RFC 9112 2.3',
    raw: (host) => `GET /healthz HTTP/9.9${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 0],
  },
  {
    id: 'line-version-case',
    title: 'http/1.1 in small letters',
    source: 'RFC 9112 2.3',
    raw: (host) => `GET /healthz http/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
  },
  {
    id: 'line-method-case',
    title: 'a method in small letters',
    source: 'RFC 9110 9.1',
    raw: (host) => `get /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 405, 0],
  },
  {
    id: 'line-method-unknown',
    title: 'a method that nobody knows',
    source: 'RFC 9110 9.1',
    raw: (host) => `BREW /v1/products HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 405, 0],
  },
  {
    id: 'line-nul',
    title: 'NUL in the target',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /w/\u0000 HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
  },
  {
    id: 'line-latin',
    title: 'a raw letter that is not ASCII in the target',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /v1/rooms/\u00e9/status HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 404, 422, 0],
  },
  {
    id: 'line-fragment',
    title: 'a fragment in the target',
    source: 'RFC 9112 3.2',
    raw: (host) => `GET /v1/rooms/x/status#a HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 404, 0],
  },
  {
    id: 'line-absolute-other',
    title: 'the absolute address of another server',
    source: 'RFC 9112 3.2.2',
    raw: (host) => `GET http://127.0.0.1:6379/ HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 404, 421, 0],
  },
  {
    id: 'line-absolute-scheme',
    title: 'an absolute address of another scheme',
    source: 'RFC 9112 3.2.2',
    raw: (host) => `GET file:///etc/passwd HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 404, 421, 0],
  },
  {
    id: 'line-asterisk',
    title: 'an asterisk as the target of GET',
    source: 'RFC 9112 3.2.4',
    raw: (host) => `GET * HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [400, 404, 0],
  },
  {
    id: 'line-options-asterisk',
    title: 'OPTIONS *',
    source: 'RFC 9112 3.2.4',
    raw: (host) => `OPTIONS * HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [200, 204, 400, 404, 405, 0],
  },
  {
    id: 'connect',
    title: 'CONNECT to another server',
    source: 'RFC 9110 9.3.6',
    raw: () => `CONNECT 127.0.0.1:6379 HTTP/1.1${CRLF}Host: 127.0.0.1:6379${CRLF}${CRLF}PING${CRLF}`,
    status: [400, 404, 405, 0],
  },
  {
    id: 'trace',
    title: 'TRACE, which would show cookies to scripts',
    source: 'RFC 9110 9.3.8',
    raw: (host) => `TRACE /v1/products HTTP/1.1${CRLF}Host: ${host}${CRLF}Cookie: secret=1${CRLF}${CRLF}`,
    status: [400, 404, 405, 0],
  },
  {
    id: 'h2-preface',
    title: 'the preface of HTTP/2',
    source: 'RFC 9113 3.4',
    raw: () => `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`,
    status: [400, 0],
  },
  {
    id: 'h2c',
    title: 'an upgrade to HTTP/2 without TLS',
    source: 'RFC 9113 3.1',
    raw: (host) =>
      `GET /v1/products HTTP/1.1${CRLF}Host: ${host}${CRLF}Connection: Upgrade, HTTP2-Settings${CRLF}Upgrade: h2c${CRLF}HTTP2-Settings: AAMAAABkAAQAAP__${CRLF}${CRLF}`,
    status: [200, 400, 404, 426, 0],
  },
  {
    id: 'tls',
    title: 'a TLS greeting on the plain port',
    source: 'OWASP API8:2023',
    raw: () => '\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003',
  },
  {
    id: 'redis',
    title: 'a command for Redis',
    source: 'OWASP API8:2023',
    raw: () => `*1${CRLF}$8${CRLF}FLUSHALL${CRLF}`,
  },
  {
    id: 'blank-lines',
    title: '20,000 blank lines',
    source: 'RFC 9112 2.2',
    raw: (host) => `${CRLF.repeat(20_000)}GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [200, 400, 431, 0],
  },
  // Limits
  {
    id: 'headers-17k',
    title: 'headers of 17 kB',
    source: 'docs/errors.md',
    reduced: true,
    raw: (host) => `GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}X-A: ${'a'.repeat(17_000)}${CRLF}${CRLF}`,
    status: [431],
  },
  {
    id: 'headers-101',
    title: 'a hundred and one headers more',
    source: 'docs/errors.md',
    raw: (host) => `GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}${`X-A: a${CRLF}`.repeat(101)}${CRLF}`,
    status: [431],
  },
  {
    id: 'headers-101-hot',
    title: 'a hundred and one headers on a hot route',
    source: 'docs/errors.md',
    raw: (host) =>
      `GET /v1/rooms/x/tickets/me HTTP/1.1${CRLF}Host: ${host}${CRLF}${`X-A: a${CRLF}`.repeat(101)}${CRLF}`,
    status: [431],
  },
  {
    id: 'line-20k',
    title: 'a target of 20 kB',
    source: 'RFC 9112 3',
    raw: (host) => `GET /${'a'.repeat(20_000)} HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}`,
    status: [414, 431],
  },
  {
    id: 'cookies-20k',
    title: 'cookies of 20 kB',
    source: 'docs/errors.md',
    raw: (host) =>
      `GET /v1/me HTTP/1.1${CRLF}Host: ${host}${CRLF}Cookie: ${'a=b; '.repeat(4_000)}${CRLF}${CRLF}`,
    status: [431],
  },
  {
    id: 'expect-unknown',
    title: 'an expectation that nobody knows',
    source: 'RFC 9110 10.1.1',
    head: ['Expect: miracles', 'Content-Length: 0'],
    status: [400, 403, 415, 417, 422],
  },
  // Bodies that look like requests, where no body is read
  {
    id: 'body-status',
    title: 'a request in the body of a ticket status',
    source: R6,
    raw: (host) =>
      `GET /v1/rooms/x/tickets/me HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 401, 404],
  },
  {
    id: 'body-status-chunked',
    title: 'a request in the chunked body of a ticket status',
    source: R6,
    raw: (host) =>
      `GET /v1/rooms/x/tickets/me HTTP/1.1${CRLF}Host: ${host}${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}${SMUGGLED.length.toString(16)}${CRLF}${SMUGGLED}${CRLF}0${CRLF}${CRLF}`,
    status: [400, 401, 404],
  },
  {
    id: 'body-claim',
    title: 'a request in the body of a claim',
    source: R6,
    raw: (host) =>
      `POST /v1/rooms/x/tickets/me/claim HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 401, 404],
  },
  {
    id: 'body-leave',
    title: 'a request in the body of a leave',
    source: R6,
    raw: (host) =>
      `DELETE /v1/rooms/x/tickets/me HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 401, 404],
  },
  {
    id: 'body-head',
    title: 'a request in the body of HEAD',
    source: R6,
    raw: (host) =>
      `HEAD /v1/products HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [200, 400, 404, 0],
  },
  {
    id: 'body-order',
    title: 'a request in the body of an order without a token',
    source: R6,
    raw: (host) =>
      `POST /v1/orders HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 401, 422],
  },
  {
    id: 'body-products',
    title: 'a request in the body of a catalogue call that is passed on',
    source: R6,
    raw: (host) =>
      `GET /v1/products HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [200, 400],
  },
  {
    id: 'body-413',
    title: 'a request behind a body that is too large',
    source: R6,
    raw: (host) =>
      `POST /v1/rooms/x/tickets HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Type: application/json${CRLF}Content-Length: ${90_000 + SMUGGLED.length}${CRLF}${CRLF}${'x'.repeat(90_000)}${SMUGGLED}`,
    status: [400, 404, 413],
  },
  {
    id: 'body-short',
    title: 'a body that is shorter than its length, then a new request',
    source: R6,
    raw: (host) =>
      `POST /v1/auth/sign-in HTTP/1.1${CRLF}Host: ${host}${CRLF}Content-Type: application/json${CRLF}Content-Length: ${2 + SMUGGLED.length}${CRLF}${CRLF}{}${SMUGGLED}`,
    status: [400, 403, 422],
  },
  {
    id: 'body-upgrade',
    title: 'a request behind an upgrade that is refused',
    source: 'RFC 9110 7.8',
    raw: (host) =>
      `GET /v1/admin/jobs HTTP/1.1${CRLF}Host: ${host}${CRLF}Connection: Upgrade${CRLF}Upgrade: websocket${CRLF}Sec-WebSocket-Version: 13${CRLF}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${CRLF}Content-Length: ${SMUGGLED.length}${CRLF}${CRLF}${SMUGGLED}`,
    status: [400, 401, 404, 426, 0],
  },
  // Pipelining
  {
    id: 'pipeline-bad-last',
    title: 'a good request, then one that cannot be read',
    source: 'RFC 9112 9.3.2',
    raw: (host) =>
      `GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}${CRLF}GET /healthz HTTP/1.1${CRLF}Host : ${host}${CRLF}${CRLF}${SMUGGLED}`,
    status: [200, 400],
    answers: 2,
  },
  {
    id: 'pipeline-after-close',
    title: 'a request behind one that said Connection: close',
    source: 'RFC 9112 9.6',
    raw: (host) =>
      `GET /healthz HTTP/1.1${CRLF}Host: ${host}${CRLF}Connection: close${CRLF}${CRLF}${SMUGGLED}`,
    status: [200, 400],
  },
  {
    id: 'pipeline-http10',
    title: 'a request behind one of HTTP/1.0',
    source: 'RFC 9112 9.3',
    raw: (host) => `GET /healthz HTTP/1.0${CRLF}Host: ${host}${CRLF}${CRLF}${SMUGGLED}`,
    status: [200, 400],
  },
];

/** The same through to an upstream, which must see at most one request (`/open/*` is forwarded). */
const PASSED_ON = [
  'cl-te',
  'te-cl',
  'cl-cl',
  'te-space-colon',
  'te-not-last',
  'te-tab',
  'chunk-hex',
  'chunk-lf',
  'chunk-longer',
  'chunk-cr-extension',
  'header-cr',
];

const text = ({ raw, line = LINE, head = [], body = '' }: Bytes, host: string): string =>
  raw ? raw(host) : [line, `Host: ${host}`, 'Content-Type: application/json', ...head, '', body].join(CRLF);

const verdict = (received: Received, { status = REFUSED, answers: most = 1 }: Bytes): string | undefined => {
  const [first] = received.answers;
  const got = first?.status ?? 0;
  if (got === 0 && !received.closed) return 'no answer, and the connection stays open';
  if (!status.includes(got)) return `answered ${got}`;
  if (received.answers.length > most) return `${received.answers.length} answers: a request was smuggled`;
  return undefined;
};

async function wire(world: World, bytes: Bytes): Promise<Answer> {
  world.requests += 1;
  const sent = text(bytes, world.target.origin.host);
  const received = await sendBytes(world.target.origin, sent, {
    answers: (bytes.answers ?? 1) + 1,
    patienceMs: 2_500,
  });
  const [
    first = { status: 0, headers: {}, text: received.closed ? 'closed' : 'silent', ms: received.ms, sent },
  ] = received.answers;
  return { ...first, sent: first.sent.slice(0, 2_000), wrong: verdict(received, bytes) };
}

const framed = (bytes: Bytes): Row => {
  const { id, title, source, needs = [], reduced = false, status = REFUSED } = bytes;
  return {
    ...{ id, title, source, reduced },
    needs: ['wire', ...needs],
    attack: (world) => wire(world, bytes),
    refusal: { status, says: `at most ${bytes.answers ?? 1} answers`, together: firstWrong },
  };
};

const passedOn = (id: string): Row => {
  const bytes = present(
    BYTES.find((one) => one.id === id),
    id,
  );
  const through = { ...bytes, line: 'POST /open/page HTTP/1.1' };
  return {
    id: `upstream-${id}`,
    title: `${bytes.title}, on a path that is forwarded`,
    source: bytes.source,
    needs: ['wire', 'upstream'],
    alone: true,
    attack: async (world) => {
      const before = world.own.upstream.received();
      const first = await wire(world, through);
      const seen = world.own.upstream.received() - before;
      const reached = seen > 1 || first.text.includes(ECHO);
      return { ...first, wrong: first.wrong ?? (reached ? `the upstream saw ${seen} requests` : undefined) };
    },
    refusal: { status: REFUSED, says: 'the upstream sees no second request', together: firstWrong },
  };
};

export const framing = family(
  'framing',
  'requests whose bytes two servers may read differently: lengths, chunks, header lines, targets, limits, pipelines',
  [...BYTES.map(framed), ...PASSED_ON.map(passedOn)],
);
