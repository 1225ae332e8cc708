import { joinAnswer } from '@shopfast/kit/contracts/api';
import { expect, surprise } from './answered.ts';
import { answered, go } from './shopper.ts';

export const joined = answered('join', joinAnswer, (vars, answer, { tell }) => {
  const { ticket, state, number, poll_after_ms, lottery_receipt } = expect(answer, [200, 201], 'join');
  tell('joined');
  vars.ticket = ticket;
  if (state === 'lobby') {
    if (number !== null) surprise('join: a number before the start');
    tell('in_lobby');
    if (lottery_receipt) vars.receipt = lottery_receipt;
  }
  go(vars, 'waiting', poll_after_ms);
});
