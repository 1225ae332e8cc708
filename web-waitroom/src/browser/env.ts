/** Path of the tests' browser, if not one of the usual ones. */
export const chromiumPath = (): string | undefined => process.env.CHROMIUM_PATH || undefined;
