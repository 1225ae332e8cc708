import { claimAnswer } from '@shopfast/kit/contracts/api';
import { expect } from './answered.ts';
import { answered, go } from './shopper.ts';

export const claimed = answered('claim', claimAnswer, (vars, answer, { tell }) => {
  const { reservation_token, binding } = expect(answer, [200], 'claim');
  tell('claimed');
  vars.reservation = reservation_token;
  if (binding) vars.binding = binding;
  go(vars, 'admitted');
});
