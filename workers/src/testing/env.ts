import { readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

const schema = z.object({
  /** How many random courses of events the model is held against; the nightly set takes more. */
  MODEL_RUNS: z.coerce.number().int().min(1).default(100),
  /** To see a failure again: the seed and path that it printed. */
  MODEL_SEED: z.coerce.number().int().optional(),
  MODEL_PATH: z.string().optional(),
});

export const testEnv = () => readEnv(schema);
