import { helpOf, readCommandLine } from '@shopfast/bootstrap/command-line';
import { verifyLottery } from '@shopfast/bootstrap/commands/verify-lottery';
import { commitmentTo, DRAW_VERSIONS, type DrawVersion, NEWEST_DRAW, numberOf } from './draw.ts';

type Published = { seed: string; size: number; commitment?: string; version?: number };

/** Recomputes a lottery number from a receipt and the published data, and reports whether they match. */
async function main(): Promise<boolean> {
  const { values } = readCommandLine(verifyLottery, process.argv.slice(2));
  const published: Published = values.status
    ? await readStatus(values.status)
    : { seed: values.seed ?? '', size: Number(values.size) };
  const index = Number(values.index);
  const fits =
    Number.isInteger(index) && index >= 1 && Number.isInteger(published.size) && published.seed !== '';
  if (!fits) throw new Error(helpOf(verifyLottery));

  const commitments = [values.commitment, published.commitment].filter((text) => text !== undefined);
  const version = versionOf(published, values, commitments);
  const number = numberOf(index, { ...published, version });
  const isCommitted = commitments.every((text) => text === commitmentTo(published.seed, version));
  const isGiven = values.number === undefined || Number(values.number) === number;
  console.log(`number of arrival ${index} among ${published.size}: ${number} (version ${version})`);
  console.log(
    `commitment to the seed: ${isCommitted ? 'holds' : 'VIOLATED: the commitment is for another seed'}`,
  );
  if (!isGiven) console.log(`the given number ${values.number} is WRONG`);
  return isCommitted && isGiven;
}

/** A status without a version comes from an older gateway. */
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
  const { lottery }: { lottery: Partial<Published> | null } = JSON.parse(await answer.text());
  if (!lottery) throw new Error('This room is not a lottery.');
  const { seed, size } = lottery;
  if (seed === undefined || size === undefined) throw new Error('This lottery is not drawn yet.');
  return { ...lottery, seed, size };
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
