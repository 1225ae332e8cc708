import { join } from 'node:path';

/** The output folder of `web-waitroom`: one folder per page, and `assets/` for all. */
export const BUILT_PAGES = join(import.meta.dirname, '../../../web-waitroom/dist');

/** The folder of one built page, such as `waiting`. */
export const pageFolder = (page: string): string => join(BUILT_PAGES, page);
