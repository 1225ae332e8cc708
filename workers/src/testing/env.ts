import { readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

const schema = z.object({
  /** How many random sequences of events the model test runs; the nightly run uses more. */
  MODEL_RUNS: z.coerce.number().int().min(1).default(100),
  /** Reproduces a failure: the seed and path that it printed. */
  MODEL_SEED: z.coerce.number().int().optional(),
  MODEL_PATH: z.string().optional(),
});

export const testEnv = () => readEnv(schema);
