import { ticketStatus } from '@shopfast/kit/contracts/api';
import { expect, surprise } from './answered.ts';
import { answered, go } from './shopper.ts';

export const polled = answered('poll', ticketStatus, (vars, answer, { tell }) => {
  tell('polled');
  const { state, room_state, number, poll_after_ms } = expect(answer, [200], 'poll');
  if (number !== null) vars.number = number;
  if (state === 'called' || state === 'admitted') {
    if (room_state === 'lobby') surprise('poll: called before the start');
    return go(vars, 'called');
  }
  if (state !== 'waiting' && state !== 'lobby') surprise(`poll: ticket ${state}`);
  if (room_state === 'closed') surprise('poll: room closed');
  if (room_state === 'sold_out') {
    tell('sold_out');
    return go(vars, 'done');
  }
  vars.waitMs = poll_after_ms;
});
