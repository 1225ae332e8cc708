import {
  eraseRequest,
  meChange,
  postalAddress,
  requestPasswordReset,
  resetPasswordRequest,
  signInRequest,
  signUpRequest,
  verifyEmailRequest,
} from '@shopfast/kit/contracts/accounts';
import { orderRequest } from '@shopfast/kit/contracts/api';
import { checkBy } from '../app/check-by.ts';

/** The checks of the shop's forms. Loaded on their own, after a form is shown: zod is large. */
export const CONTRACTS = {
  sign_in: checkBy(signInRequest),
  sign_up: checkBy(signUpRequest),
  verify: checkBy(verifyEmailRequest),
  request_reset: checkBy(requestPasswordReset),
  reset: checkBy(resetPasswordRequest),
  profile: checkBy(meChange),
  address: checkBy(postalAddress),
  erase: checkBy(eraseRequest),
  order: checkBy(orderRequest),
};
