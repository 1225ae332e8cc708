import { type Command, helpOf, OptionsError } from '@shopfast/bootstrap/command-line';
import { EnvironmentError } from '@shopfast/kit/env';
import { messageOf } from '@shopfast/kit/thrown';

/**
 * Runs the program of a database command. A failure is one clear text on standard error: exit code 2 for wrong options,
 * else 1.
 */
export async function runCommand(command: Command, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isOptions = error instanceof OptionsError;
    if (isOptions) console.error(`${error.message}\n\n${helpOf(command)}`);
    else if (error instanceof EnvironmentError) console.error(error.message);
    else console.error(`${command.usage} failed, and nothing has changed: ${messageOf(error)}`);
    process.exitCode = isOptions ? 2 : 1;
  }
}
