/** `npm test` runs a property this often; the nightly run, several times that. */
export const propertyRuns = (inNpmTest: number): number =>
  Math.ceil(inNpmTest * Number(process.env.PROPERTY_FACTOR ?? 1));
