import { orderAnswer } from '@shopfast/kit/contracts/api';
import { expect } from './answered.ts';
import { answered, go } from './shopper.ts';

const FIRST_LOOK_MS = 250;

export const ordered = answered('order', orderAnswer, (vars, answer, { tell }) => {
  if (!answer.ok && answer.status === 409 && answer.code === 'sold_out') {
    tell('sold_out');
    return go(vars, 'done');
  }
  const { order, order_token } = expect(answer, [202], 'order');
  tell('ordered');
  vars.order = order.id;
  vars.orderToken = order_token;
  go(vars, 'paying', FIRST_LOOK_MS);
});
