import type { ClaimAnswer } from '@shopfast/kit/contracts/api';
import { expect } from './answered.ts';
import { answered, go } from './shopper.ts';

export const claimed = answered('claim', (vars, answer, { tell }) => {
  expect(answer, [200], 'claim');
  tell('claimed');
  const { reservation_token, binding } = answer.body as ClaimAnswer;
  vars.reservation = reservation_token;
  if (binding) vars.binding = binding;
  go(vars, 'admitted');
});
