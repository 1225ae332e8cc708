import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that npm installed for this project, whatever Node the machine has. */
export const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');
