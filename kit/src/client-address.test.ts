import { describe, expect, test } from 'vitest';
import { budgetKey, clientAddress, isLoopback, trustedProxies } from './client-address.ts';

const NOBODY = trustedProxies('');
const OURS = trustedProxies('10.0.0.0/8, 192.0.2.7, 2001:db8:ffff::/48');

describe('the client address', () => {
  test.each([
    ['no header', '203.0.113.9', undefined, '203.0.113.9'],
    ['a header that a client made up', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a header that claims to be this machine', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['an IPv4 peer seen through an IPv6 socket', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['the same, written in hex', '::ffff:cb00:7109', undefined, '203.0.113.9'],
    ['an IPv6 peer', '2001:DB8::1', '198.51.100.1', '2001:db8::1'],
    ['a link-local peer with its zone', 'fe80::1%eth0', undefined, 'fe80::1'],
  ])('without trusted proxies is the socket’s: %s', (_, peer, header, expected) => {
    expect(clientAddress(peer, header, NOBODY)).toBe(expected);
  });

  test.each([
    ['one proxy', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a spoofed first hop', '10.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['a spoofed trusted hop', '10.0.0.1', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
    ['a spoofed loopback hop', '10.0.0.1', '127.0.0.1,203.0.113.9', '203.0.113.9'],
    ['two proxies', '10.0.0.1', '203.0.113.9, 192.0.2.7', '203.0.113.9'],
    ['two proxies and a spoofed hop', '10.0.0.1', '1.1.1.1, 203.0.113.9, 192.0.2.7', '203.0.113.9'],
    ['a proxy seen through an IPv6 socket', '::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a mapped hop', '10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['a proxy that writes ports', '10.0.0.1', '203.0.113.9:51234', '203.0.113.9'],
    ['IPv6 everywhere', '2001:db8:ffff::1', 'bad, 2001:db8:1::5', '2001:db8:1::5'],
    ['IPv6 in brackets with a port', '10.0.0.1', '[2001:db8:1::5]:443', '2001:db8:1::5'],
    ['spaces and tabs', '10.0.0.1', ' \t203.0.113.9 ', '203.0.113.9'],
    ['trusted hops only', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['an empty header', '10.0.0.1', '', '10.0.0.1'],
    ['garbage', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['garbage behind a good first hop', '10.0.0.1', '203.0.113.9, <script>', '10.0.0.1'],
    ['an empty hop', '10.0.0.1', '203.0.113.9,', '10.0.0.1'],
    ['numbers that are not an address', '10.0.0.1', '203.0.113.999', '10.0.0.1'],
    ['a peer that is not trusted', '11.0.0.1', '203.0.113.9', '11.0.0.1'],
  ])('behind a trusted proxy is the right-most untrusted hop: %s', (_, peer, header, expected) => {
    expect(clientAddress(peer, header, OURS)).toBe(expected);
  });

  test('is unknown when the peer is unknown, even with a header', () => {
    expect(clientAddress(undefined, '203.0.113.9', OURS)).toBeNull();
    expect(clientAddress('', '203.0.113.9', trustedProxies('0.0.0.0/0'))).toBeNull();
  });
});

describe('the budget of an address', () => {
  test('is shared by a whole IPv6 /64, in any notation, and by no other address', () => {
    const one = budgetKey('2001:db8:1:2::5');
    for (const same of ['2001:db8:1:2:ffff:1:2:3', '2001:0db8:0001:0002::', '2001:db8:1:2::1.2.3.4'])
      expect(budgetKey(same)).toBe(one);
    for (const other of ['2001:db8:1:3::5', '2001:db8:1::5', '::5']) expect(budgetKey(other)).not.toBe(one);
  });

  test('is separate for each IPv4 address', () => {
    expect(budgetKey('203.0.113.9')).toBe('203.0.113.9');
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::2', false],
  ['1::1', false],
  ['10.127.0.1', false],
  ['203.0.113.9', false],
])('%s is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  '10.0.0.0/33',
  '10.0.0/8',
  'proxy.example',
  '10.0.0.1/',
  '::1/129',
  '10.0.0.0/8/8',
  '10.0.0.1/-1',
])('a range that cannot be parsed is named in the error: %s', (range) => {
  expect(() => trustedProxies(`10.0.0.1, ${range}`)).toThrow(range);
});
