import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { expect } from './answered.ts';
import { answered, go } from './shopper.ts';

const FIRST_LOOK_MS = 250;

export const ordered = answered('order', (vars, answer, { tell }) => {
  if (answer.status === 409 && answer.body.code === 'sold_out') {
    tell('sold_out');
    return go(vars, 'done');
  }
  expect(answer, [202], 'order');
  tell('ordered');
  const { order, order_token } = answer.body as OrderAnswer;
  vars.order = order.id;
  vars.orderToken = order_token;
  go(vars, 'paying', FIRST_LOOK_MS);
});
