import type { TicketStatus } from '@shopfast/kit/contracts/api';
import { expect, test } from 'vitest';
import type { Answer } from '../api/ask.ts';
import { resumeLink, ticketIn, worthTaking } from './resume.ts';
import type { RoomCalls } from './room-calls.ts';

const place = (ahead: number | null, state: TicketStatus['state'] = 'waiting'): Answer<TicketStatus> => ({
  kind: 'ok',
  status: 200,
  body: { state, number: 9, ahead, eta_seconds: null, poll_after_ms: 1_000 },
  retryAfterMs: null,
});
const refused = (status: number): Answer<TicketStatus> => ({
  kind: 'refused',
  refusal: { status, code: 'x', title: '', detail: null, retryAfterMs: null },
});
const calls = (linked: Answer<TicketStatus>, own: Answer<TicketStatus>) =>
  ({ ask: async (ticket?: string) => (ticket === 'tkt_linked' ? linked : own) }) as RoomCalls;

test('a link carries the ticket in the fragment, keeps the return address, and is read back', () => {
  const link = resumeLink('https://shop.example/w/drop?return=%2Fpay', 'tkt_drop.1.5.a-_b.c');
  const { pathname, search, hash } = new URL(link);
  expect([pathname, search]).toEqual(['/w/drop', '?return=%2Fpay']);
  expect(ticketIn(hash)).toBe('tkt_drop.1.5.a-_b.c');
});

test.each(['', '#', '#resume=', '#resume=ord_1', '#other=tkt_1'])('%j brings no ticket', (hash) => {
  expect(ticketIn(hash)).toBeNull();
});

test.each([
  ['a browser without a place takes it', place(5), refused(401), true],
  ['a nearer place is taken', place(5), place(6), true],
  ['an equally near place is not: a link never costs anybody their own place', place(5), place(5), false],
  ['a place farther back is not', place(6), place(5), false],
  ['one that has ended is not', refused(410), place(5), false],
  ['an invented one is not', refused(404), refused(401), false],
  ['one that has bought is not', place(0, 'completed'), place(5), false],
  ['it is taken instead of one that has bought', place(5), place(0, 'completed'), true],
] as const)('%s', async (_, linked, own, worth) => {
  expect(await worthTaking(calls(linked, own), 'tkt_linked')).toBe(worth);
});

test('without an answer, nothing is decided', async () => {
  for (const failure of [refused(503), refused(429), { kind: 'unreachable' } as const]) {
    expect(await worthTaking(calls(failure, place(5)), 'tkt_linked')).toBe(failure);
    expect(await worthTaking(calls(place(5), failure), 'tkt_linked')).toBe(failure);
  }
});
