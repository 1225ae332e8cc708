import { orderDocument } from '@shopfast/kit/contracts/api';
import { expect, surprise } from './answered.ts';
import { answered, go } from './shopper.ts';

const LONGEST_LOOK_MS = 2_000;

export const followed = answered('order_status', orderDocument, (vars, answer, { tell, time }) => {
  const { state } = expect(answer, [200], 'order status');
  if (state === 'pending_payment') {
    vars.waitMs = Math.min(vars.waitMs * 1.5, LONGEST_LOOK_MS);
    return;
  }
  if (state !== 'paid' && state !== 'payment_failed') surprise(`order ${state}`);
  tell(state === 'paid' ? 'paid' : 'declined');
  time('join_to_end', performance.now() - vars.arrivedMs);
  go(vars, 'done');
});
