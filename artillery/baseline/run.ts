import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { BaselineOptions } from '../crowd/options.ts';
import { type Machine, readMachine } from '../machine.ts';
import { measureOldShop } from './measure-old.ts';
import { measureOurs } from './measure-ours.ts';
import type { Course, Measured } from './measured.ts';

export type BaselineReport = {
  scenario: 'baseline';
  at: string;
  machine: Machine;
  options: BaselineOptions;
  seconds: number;
  measured: Measured[];
  /** Only for our shop; the old one has no such guarantees. */
  verdicts: Verdict[];
};

/**
 * The figures of the trial in design.md §1: payments took 200 ms in good times, 3 s in bad ones; a mail took 800 ms.
 */
const PAYMENT_MS = [200, 3_000];
const MAIL_MS = 800;

const SHOPS = { old: measureOldShop, ours: measureOurs };

/** Sends the same crowd to the old shop and to ours on this machine, with fast and with slow payments. */
export async function runBaseline(
  options: BaselineOptions,
  { lifecycle, signal, say }: { lifecycle: Lifecycle; signal: AbortSignal; say: (line: string) => void },
): Promise<BaselineReport> {
  const started = Date.now();
  const measured: Measured[] = [];
  for (const paymentMs of PAYMENT_MS) {
    for (const [shop, measure] of Object.entries(SHOPS)) {
      signal.throwIfAborted();
      const own = createLifecycle();
      lifecycle.onClose(shop, () => own.close());
      say(`${shop === 'old' ? 'the old shop' : 'ours'}, payments of ${paymentMs} ms`);
      const course: Course = { ...options, paymentMs, mailMs: MAIL_MS, signal };
      const one = await measure(course, own);
      await own.close();
      measured.push(one);
      say(`  ${one.sold} sold, ${one.oversold} oversold, ${one.timeouts} time-outs`);
    }
  }
  return {
    ...{ scenario: 'baseline', at: new Date(started).toISOString(), machine: readMachine(), options },
    ...{ seconds: Math.round((Date.now() - started) / 1_000), measured },
    verdicts: judge(options, measured),
  };
}

function judge({ units, shoppers }: BaselineOptions, measured: readonly Measured[]): Verdict[] {
  return measured.flatMap((one) => {
    if (one.shop === 'old') return [];
    const say = (what: string, kept: boolean, evidence: string): Verdict => ({
      ...{ guarantee: `${what}, payments of ${one.paymentMs} ms`, kept, evidence },
    });
    return [
      say('Everything is sold, and no more', one.sold === units, `${one.sold} of ${units}`),
      say('No error, no time-out', one.errors + one.timeouts === 0, `${one.errors} and ${one.timeouts}`),
      say('Every shopper got an answer', one.answered === shoppers, `${one.answered} of ${shoppers}`),
    ];
  });
}
