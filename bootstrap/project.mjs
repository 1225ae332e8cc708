import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that npm installed for this project, independent of the machine's Node. */
export const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');
