import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { Machine } from '../machine.ts';
import type { Times } from './latencies.ts';
import type { Sample } from './watch.ts';

export type Figures = Record<
  | 'peakAlive'
  | 'joinedWithinSeconds'
  | 'sold'
  | 'oversold'
  | 'errors'
  | 'timeouts'
  | 'calls'
  | 'peakConnections'
  | 'generatorCpuSeconds',
  number
>;

/** One run, as stored beside its page. */
export type RunReport = {
  scenario: string;
  at: string;
  machine: Machine;
  options: { shoppers: number; units: number; rate: number; seconds: number };
  seconds: number;
  openedAtSecond: number;
  figures: Figures;
  times: Record<string, Times>;
  verdicts: Verdict[];
  samples: Sample[];
  p99: Record<string, Array<[second: number, ms: number]>>;
  watcherFailures: number;
};
