import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { demo } from '@shopfast/bootstrap/commands/demo';

export type DemoOptions = ReturnType<typeof readOptions>;

/** @throws OptionsError that names every wrong option */
export const readOptions = (args: string[]) => readCommandLine(demo, args).values;
