import { join } from 'node:path';

/** Where `web-waitroom` puts what it builds: a folder for each page, and `assets/` of all. */
export const BUILT_PAGES = join(import.meta.dirname, '../../../web-waitroom/dist');

/** The folder of one built page, such as `waiting`. */
export const pageFolder = (page: string): string => join(BUILT_PAGES, page);
