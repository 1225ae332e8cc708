import { z } from 'zod';

const counts = z.record(z.string(), z.number());
/** The part of the service's counts that a check reads; see `stripe/state.ts`. */
const paymentState = z.object({
  charges: z.object({ by_order: counts, amount_by_order: counts }),
  refunds: z.object({ amount_by_order: counts }),
  webhooks: z.object({ pending: z.number() }),
  calls_under_way: z.number(),
});

/** An order's money: successful charges, and amounts in minor units. */
export type Money = { charges: number; taken: number; givenBack: number };

/** The records of the fake payment service, by order. */
export async function readPayments(stripeUrl: string) {
  const state = await readPaymentState(stripeUrl);
  const { by_order: charges, amount_by_order: taken } = state.charges;
  return {
    orderIds: Object.keys(charges),
    of: (orderId: string): Money => ({
      charges: charges[orderId] ?? 0,
      taken: taken[orderId] ?? 0,
      givenBack: state.refunds.amount_by_order[orderId] ?? 0,
    }),
  };
}

/** Whether it has no call and no webhook in progress. Then nothing changes any more without a new call. */
export async function paymentsAreQuiet(stripeUrl: string): Promise<boolean> {
  const { calls_under_way, webhooks } = await readPaymentState(stripeUrl);
  return calls_under_way === 0 && webhooks.pending === 0;
}

async function readPaymentState(stripeUrl: string) {
  const answer = await fetch(`${stripeUrl}/_state`);
  return paymentState.parse(await answer.json());
}
