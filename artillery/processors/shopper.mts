// The functions of `scenarios/shared/shopper.yml`: a shopper's journey, one step per file.
export { checkedDraw, holdsReceipt } from './steps/check-draw.ts';
export { claimed } from './steps/claim.ts';
export { followed } from './steps/follow.ts';
export { joined } from './steps/join.ts';
export { ordered } from './steps/order.ts';
export { polled } from './steps/poll.ts';
export {
  arrive,
  asAnApp,
  gotNoAnswer,
  isAdmitted,
  isCalled,
  isJoining,
  isPaying,
  isWaiting,
  stillAdmitted,
  stillCalled,
  stillJoining,
  stillPaying,
  stillWaiting,
  waitAsTold,
} from './steps/shopper.ts';
