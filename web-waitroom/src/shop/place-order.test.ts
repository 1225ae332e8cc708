import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { expect, test } from 'vitest';
import type { Answer } from '../api/ask.ts';
import { placeOrder } from './place-order.ts';
import {
  openReservationStore,
  type Purchase,
  takeFromFragment,
  type WebStorage,
} from './reservation-store.ts';

/** Web Storage over a Map: Node has none that a test can own. */
function drawer(): WebStorage {
  const content = new Map<string, string>();
  return {
    getItem: (key) => content.get(key) ?? null,
    setItem: (key, value) => void content.set(key, value),
    removeItem: (key) => void content.delete(key),
    key: (index) => [...content.keys()][index] ?? null,
    get length() {
      return content.size;
    },
  };
}

const claims = Buffer.from('{"room":"drop","jti":"j1","exp":1800000000}').toString('base64url');
const TOKEN = `e30.${claims}.s`;
const purchase: Purchase = {
  idempotencyKey: 'key-1',
  reservationToken: TOKEN,
  room: 'drop',
  body: { product_id: 'shoe', quantity: 1, email: 'a@example.com', payment_method: 'pm_card_visa' },
};

function shopper() {
  const tab = drawer();
  tab.setItem('reservation:drop', TOKEN);
  const reservationStore = openReservationStore(tab, drawer());
  return { tab, reservationStore };
}

const placed: Answer<OrderAnswer> = {
  kind: 'ok',
  status: 202,
  retryAfterMs: null,
  body: { order: { id: 'o1' }, order_token: 'ord_1' } as OrderAnswer,
};
const refused = (status: number, code: string): Answer<never> => ({
  kind: 'refused',
  refusal: { status, code, title: '', detail: null, retryAfterMs: 1_500 },
});

test('a placed order keeps its token and leaves neither purchase nor reservation behind', async () => {
  const { reservationStore } = shopper();
  expect(await placeOrder(purchase, reservationStore, async () => placed)).toEqual({
    kind: 'placed',
    order: { id: 'o1' },
  });
  expect(reservationStore.orderToken('o1')).toBe('ord_1');
  expect(reservationStore.purchase('shoe')).toBeNull();
  expect(reservationStore.reservation('drop')).toBeNull();
});

test('the purchase is stored before it is sent, so that a refresh sends the same one', async () => {
  const { reservationStore } = shopper();
  let keptMeanwhile: Purchase | null = null;
  await placeOrder(purchase, reservationStore, async () => {
    keptMeanwhile = reservationStore.purchase('shoe');
    return placed;
  });
  expect(keptMeanwhile).toEqual(purchase);
});

test.each([
  [{ kind: 'unreachable' } as const, null],
  [refused(503, 'overloaded'), 1_500],
  [refused(500, 'internal'), 1_500],
  [refused(502, 'upstream_unreachable'), 1_500],
  [refused(429, 'rate_limited'), 1_500],
])('%#: with an unknown outcome it is kept with its key, to be sent again', async (answer, retryAfterMs) => {
  const { reservationStore } = shopper();
  expect(await placeOrder(purchase, reservationStore, async () => answer)).toEqual({
    kind: 'unsettled',
    retryAfterMs,
  });
  expect(reservationStore.purchase('shoe')?.idempotencyKey).toBe('key-1');
  expect(reservationStore.reservation('drop')).not.toBeNull();
});

test('a refusal that can be corrected keeps the reservation; one that needs a new turn does not', async () => {
  const limit = shopper();
  await placeOrder(purchase, limit.reservationStore, async () => refused(409, 'purchase_limit'));
  expect(limit.reservationStore.purchase('shoe')).toBeNull();
  expect(limit.reservationStore.reservation('drop')?.jti).toBe('j1');
  const spent = shopper();
  await placeOrder(purchase, spent.reservationStore, async () => refused(409, 'token_spent'));
  expect(spent.reservationStore.reservation('drop')).toBeNull();
});

test('a reservation from another origin is taken out of the address', () => {
  const tab = drawer();
  expect(takeFromFragment(`#reservation_token=${TOKEN}`, tab)).toBe('');
  expect(
    openReservationStore(tab, drawer())
      .reservations()
      .map(({ room }) => room),
  ).toEqual(['drop']);
  expect(takeFromFragment('#details', tab)).toBe('#details');
  expect(takeFromFragment('#reservation_token=nonsense&a=b', tab)).toBe('#a=b');
  expect(openReservationStore(tab, drawer()).reservations()).toHaveLength(1);
});
