import { commitmentTo, DRAW_VERSIONS, numberOf } from '@shopfast/gateway/lottery/draw';
import { roomStatus } from '@shopfast/kit/contracts/api';
import { expect, surprise } from './answered.ts';
import { answered, type Shopper } from './shopper.ts';

/** The holder of each number. */
const holders = new Map<number, number>();

/** A shopper who was in the lobby of a lottery room checks the drawn number afterwards. */
export const holdsReceipt = (vars: Shopper): boolean =>
  vars.receipt !== undefined && vars.number !== undefined;

export const checkedDraw = answered('status', roomStatus, ({ receipt, number = 0 }, answer, { tell }) => {
  const { lottery } = expect(answer, [200], 'status');
  const { seed, size } = lottery ?? {};
  const version = DRAW_VERSIONS.find((known) => known === lottery?.version);
  if (!receipt || seed === undefined || size === undefined) return surprise('draw: not published');
  if (commitmentTo(seed, version) !== receipt.commitment) surprise('draw: another seed was committed to');
  if (numberOf(receipt.index, { seed, size, version }) !== number)
    surprise('draw: another number than the one drawn');
  if (holders.has(number)) surprise('draw: two hold the same number');
  holders.set(number, receipt.index);
  tell('drawn');
});
