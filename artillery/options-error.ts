/** The options could not be understood; the message says which and why. */
export class OptionsError extends Error {}
