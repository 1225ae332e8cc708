/** Where the browser of the tests is, when not in one of the usual places. */
export const chromiumPath = (): string | undefined => process.env.CHROMIUM_PATH || undefined;
