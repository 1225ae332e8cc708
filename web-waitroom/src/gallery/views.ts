import { ETA_REASONS } from '@shopfast/kit/contracts/api';
import type { Place, View, ViewKind } from '../waiting/view.ts';

const MINUTE_MS = 60_000;
/** The same at each visit, so that pictures differ only where the page differs. */
const NOW = Date.UTC(2026, 10, 27, 9, 41, 0);

const shared = { room: 'Launch day', message: null, trouble: null } as const;
const place: Place = { number: 1_482, ahead: 317, progress: 0.46, updatedAt: NOW };
const opening = { opensInMs: 12 * MINUTE_MS + 34_000, opensAt: NOW + 12 * MINUTE_MS + 34_000 };
const waiting = {
  ...{ ...shared, ...place, kind: 'waiting', perMinute: 60, etaReason: null },
  eta: { low: 300, high: 480 },
} as const satisfies View;
const code = { ...shared, kind: 'code', code: '', refused: false, needed: false, sending: false } as const;
const called = { ...shared, kind: 'called', leftMs: 48_000, claiming: false } as const;
const lobby = { ...shared, ...opening, ...place, kind: 'lobby', number: null, ahead: null } as const;
const MESSAGE = 'The blue ones are gone. There are plenty of green ones.\nThank you for your patience!';

/** A view that has only its kind. The cast: TypeScript does not find the member of a union by a type parameter. */
const alone = <Kind extends ViewKind>(kind: Kind) => ({ usual: { ...shared, kind } as View });

/** Every view of the waiting page, in each of its states. A kind without one does not compile. */
export const VIEWS: Record<ViewKind, Record<string, View>> = {
  joining: {
    usual: { ...shared, room: null, kind: 'joining' },
    'cannot join now': { ...shared, room: null, kind: 'joining', trouble: 'joining' },
    offline: { ...shared, room: null, kind: 'joining', trouble: 'offline' },
  },
  checking: alone('checking'),
  email: alone('email'),
  code: {
    usual: code,
    needed: { ...code, needed: true },
    refused: { ...code, code: 'SPRING-2026', refused: true },
    sending: { ...code, code: 'SPRING-2026', sending: true },
  },
  not_open: {
    usual: { ...shared, ...opening, kind: 'not_open' },
    'in a moment': { ...shared, opensInMs: 0, opensAt: NOW, kind: 'not_open' },
    'no time yet': { ...shared, opensInMs: null, opensAt: null, kind: 'not_open' },
  },
  lobby: {
    usual: lobby,
    'in a moment': { ...lobby, opensInMs: 0, opensAt: NOW },
    'no time yet': { ...lobby, opensInMs: null, opensAt: null },
  },
  waiting: {
    usual: waiting,
    next: { ...waiting, ahead: 0, progress: 0.99, eta: { low: 0, high: 30 } },
    'a long line': {
      ...waiting,
      number: 99_120,
      ahead: 98_650,
      progress: 0,
      eta: { low: 5_400, high: 9_000 },
    },
    'no estimate': { ...waiting, eta: null, perMinute: null },
    message: { ...waiting, message: MESSAGE },
    'keeping the place': { ...waiting, trouble: 'holding' },
    offline: { ...waiting, trouble: 'offline' },
    'cannot leave now': { ...waiting, trouble: 'leaving' },
    ...Object.fromEntries(ETA_REASONS.map((reason) => [reason, { ...waiting, etaReason: reason }])),
  },
  paused: {
    usual: { ...shared, ...place, kind: 'paused' },
    message: { ...shared, ...place, kind: 'paused', message: MESSAGE },
  },
  sold_out: { usual: { ...shared, ...place, kind: 'sold_out' } },
  called: {
    usual: called,
    claiming: { ...called, claiming: true },
    'time is over': { ...called, leftMs: 0 },
    'no time known': { ...called, leftMs: null },
  },
  going: alone('going'),
  completed: {
    order: { ...shared, kind: 'completed', orderUrl: '/shop/orders/1' },
    'no order': { ...shared, kind: 'completed', orderUrl: null },
  },
  refused: {
    usual: { ...shared, kind: 'refused', problem: null },
    problem: {
      ...shared,
      kind: 'refused',
      problem: { title: 'The request is not valid.', detail: 'locale: must be a language tag' },
    },
  },
  closed: alone('closed'),
  expired: alone('expired'),
  revoked: alone('revoked'),
  left: alone('left'),
  unknown_room: alone('unknown_room'),
  no_cookies: alone('no_cookies'),
  insecure: alone('insecure'),
  sold_out_no_place: alone('sold_out_no_place'),
};
