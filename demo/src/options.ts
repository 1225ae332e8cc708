import { parseArgs } from 'node:util';
import { z } from 'zod';

const whole = (name: string, least: number, most: number, why: string) =>
  z.coerce
    .number({ error: `--${name} must be a number` })
    .int(`--${name} must be a whole number`)
    .min(least, `--${name} must be at least ${least}: ${why}`)
    .max(most, `--${name} must be at most ${most}`);

const schema = z.object({
  shoppers: whole('shoppers', 1, 20_000, 'somebody has to come').default(2_000),
  units: whole('units', 1, 100_000, 'a sale needs something to sell').default(50),
  rate: whole(
    'rate',
    1,
    60_000,
    'with nobody admitted nothing is sold; pause a room to stop admission',
  ).default(1_200),
  json: z.boolean().default(false),
  keep: z.boolean().default(false),
  pooler: z.boolean().default(false),
});

export type DemoOptions = z.output<typeof schema>;

export const USAGE = `Usage: npm run demo -- [options]
  --shoppers 2000   how many people come
  --units 50        how many units there are
  --rate 1200       how many are admitted per minute
  --json            print the report as one JSON object, the last line of the output
  --keep            leave the system running after the report, until Ctrl-C
  --pooler          the services reach Postgres through PgBouncer in transaction mode`;

/** The options could not be understood; the message says which and why. */
export class OptionsError extends Error {}

/** @throws OptionsError naming every option at fault */
export function readOptions(args: string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        shoppers: { type: 'string' },
        units: { type: 'string' },
        rate: { type: 'string' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        pooler: { type: 'boolean' },
      },
    });
    const parsed = schema.safeParse(values);
    if (parsed.success) return parsed.data;
    throw new OptionsError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  } catch (error) {
    if (error instanceof OptionsError) throw error;
    throw new OptionsError((error as Error).message);
  }
}
