import { parseArgs } from 'node:util';
import { commitmentTo, DRAW_VERSIONS, type DrawVersion, NEWEST_DRAW, numberOf } from './draw.ts';

const USAGE = `Usage: npm run verify-lottery -- --index 4711 --seed … --size 100000 [--commitment …] [--number 23]
   or: npm run verify-lottery -- --index 4711 --status https://shop.example/v1/rooms/launch/status [--number 23]
  --index       the arrival index on your receipt
  --commitment  what was published before the lobby opened; your receipt has it, too
  --number      the number that you were given, to be checked
  --status      the room's public status: seed, size and version are read from there
  --version     how the draw was made, as on your receipt (a receipt without one: 1); else what the commitment was made for`;

type Published = { seed: string; size: number; commitment?: string; version?: number };

/** Recomputes a lottery number from a receipt and what was published, and says whether all of it fits together. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      index: { type: 'string' },
      seed: { type: 'string' },
      size: { type: 'string' },
      commitment: { type: 'string' },
      number: { type: 'string' },
      status: { type: 'string' },
      version: { type: 'string' },
    },
  });
  const published: Published = values.status
    ? await readStatus(values.status)
    : { seed: values.seed ?? '', size: Number(values.size) };
  const index = Number(values.index);
  const fits =
    Number.isInteger(index) && index >= 1 && Number.isInteger(published.size) && published.seed !== '';
  if (!fits) throw new Error(USAGE);

  const commitments = [values.commitment, published.commitment].filter((text) => text !== undefined);
  const version = versionOf(published, values, commitments);
  const number = numberOf(index, { ...published, version });
  const isCommitted = commitments.every((text) => text === commitmentTo(published.seed, version));
  const isGiven = values.number === undefined || Number(values.number) === number;
  console.log(`number of arrival ${index} among ${published.size}: ${number} (version ${version})`);
  console.log(`commitment to the seed: ${isCommitted ? 'kept' : 'BROKEN: another seed was committed to'}`);
  if (!isGiven) console.log(`the number that was given, ${values.number}, is WRONG`);
  return isCommitted && isGiven;
}

/** A status without a version is of a gateway of before. */
function versionOf(
  published: Published,
  given: { version?: string | undefined; status?: string | undefined },
  commitments: string[],
): DrawVersion {
  const named = given.version ?? (given.status ? (published.version ?? 1) : undefined);
  const committed = DRAW_VERSIONS.find((known) => commitments.includes(commitmentTo(published.seed, known)));
  if (named === undefined) return committed ?? NEWEST_DRAW;
  const version = DRAW_VERSIONS.find((known) => known === Number(named));
  if (version === undefined)
    throw new Error(`This program knows the versions ${DRAW_VERSIONS.join(' and ')}.`);
  return version;
}

async function readStatus(url: string): Promise<Published> {
  const answer = await fetch(url);
  const { lottery } = (await answer.json()) as { lottery: Partial<Published> | null };
  if (!lottery) throw new Error('This room is no lottery.');
  if (lottery.seed === undefined || lottery.size === undefined)
    throw new Error('This lottery is not drawn yet.');
  return lottery as Published;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
