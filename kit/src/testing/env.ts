/** Settings of a test run from its environment. `npm run test:nightly` sets both. */
export const testEnv = {
  /** One of this many hostile requests is sent. */
  hostileEvery: Number(process.env.HOSTILE_EVERY ?? 12),
  /** So many times as many random inputs. */
  propertyTimes: Number(process.env.PROPERTY_TIMES ?? 1),
};
