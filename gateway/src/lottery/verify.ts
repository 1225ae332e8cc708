import { helpOf, readCommandLine } from '@shopfast/bootstrap/command-line';
import { verifyLottery } from '@shopfast/bootstrap/commands/verify-lottery';
import { commitmentTo, numberOf } from './draw.ts';

type Published = { seed: string; size: number; commitment?: string };

/** Recomputes a lottery number from a receipt and what was published, and says whether all of it fits together. */
async function main(): Promise<boolean> {
  const { values } = readCommandLine(verifyLottery, process.argv.slice(2));
  const published = values.status
    ? await readStatus(values.status)
    : { seed: values.seed ?? '', size: Number(values.size) };
  const index = Number(values.index);
  const fits =
    Number.isInteger(index) && index >= 1 && Number.isInteger(published.size) && published.seed !== '';
  if (!fits) throw new Error(helpOf(verifyLottery));

  const number = numberOf(index, published);
  const commitments = [values.commitment, (published as Published).commitment].filter(
    (text) => text !== undefined,
  );
  const isCommitted = commitments.every((text) => text === commitmentTo(published.seed));
  const isGiven = values.number === undefined || Number(values.number) === number;
  console.log(`number of arrival ${index} among ${published.size}: ${number}`);
  console.log(`commitment to the seed: ${isCommitted ? 'kept' : 'BROKEN: another seed was committed to'}`);
  if (!isGiven) console.log(`the number that was given, ${values.number}, is WRONG`);
  return isCommitted && isGiven;
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
