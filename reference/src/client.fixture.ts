import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { API_DOCUMENT } from './write.ts';

const run = promisify(execFile);
const GENERATORS = join(import.meta.dirname, '../generators/node_modules');
const TSC = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

const TSCONFIG = {
  compilerOptions: {
    ...{ strict: true, noEmit: true, skipLibCheck: false, allowImportingTsExtensions: true },
    ...{ target: 'es2024', lib: ['es2024', 'dom', 'dom.iterable'], types: [] },
    ...{ module: 'esnext', moduleResolution: 'bundler' },
  },
  include: ['**/*.ts'],
};

export type Clients = {
  /** `sdk/`: functions, by @hey-api/openapi-ts. `types.ts`: types alone, by openapi-typescript. */
  folder: string;
  /** Checks the types of everything in the folder. @returns what the compiler says; empty: no error */
  typeErrors(): Promise<string>;
  remove(): Promise<void>;
};

/** Generates a client with both generators, in a temporary folder. @param more files to check together with them */
export async function generateClients(more: Record<string, string>): Promise<Clients> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-clients-'));
  const document = API_DOCUMENT.pathname;
  const node = (program: string, ...args: string[]) =>
    run(process.execPath, [join(GENERATORS, program), ...args], { cwd: folder });
  await Promise.all([
    node('openapi-typescript/bin/cli.js', document, '-o', join(folder, 'types.ts')),
    node('@hey-api/openapi-ts/bin/run.js', '-i', document, '-o', join(folder, 'sdk'), '--no-log-file'),
    writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG)),
    ...Object.entries(more).map(([name, text]) => writeFile(join(folder, name), text)),
  ]);
  return {
    folder,
    typeErrors: async () => {
      try {
        await run(process.execPath, [TSC, '-p', folder], { cwd: folder });
        return '';
      } catch (error) {
        // The compiler prints its errors on stdout.
        return (error as { stdout: string }).stdout;
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
