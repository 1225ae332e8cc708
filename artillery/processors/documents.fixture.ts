import type { JoinAnswer, OrderDocument, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';

/** Complete documents of the API, in which a test changes what it is about. */
export const STATUS: TicketStatus = {
  ...{ state: 'waiting', room_state: 'open', number: 1, ahead: 0, eta_seconds: null, poll_after_ms: 500 },
};
export const PLACE: JoinAnswer = {
  ...STATUS,
  ticket: 'tkt_1',
  room: { id: 'launch', name: 'Launch', state: 'open', opens_at: null, admissions_per_minute: 60 },
};
export const ORDER: OrderDocument = {
  ...{ id: '018f0000-0000-7000-8000-000000000000', state: 'pending_payment', email: 'ann@example.com' },
  ...{
    product_id: 'sneaker',
    quantity: 1,
    items: [{ product_id: 'sneaker', quantity: 1, unit_price: 4_900 }],
  },
  ...{ subtotal: 4_900, tax: 0, shipping: 0, total: 4_900, currency: 'EUR' },
  ...{ hold_until: '2026-01-01T00:10:00Z', created_at: '2026-01-01T00:00:00Z' },
};
export const ROOM: RoomStatus = {
  ...{ state: 'open', serving: 1, waiting: 0, active: 0, admissions_per_minute: 60, remaining: 10 },
  ...{ opens_at: null, lottery: null, updated_at: '2026-01-01T00:00:00Z' },
};
