/**
 * Replaces a service's stores when its application is built only to describe itself: every member exists, and nothing
 * connects.
 */
export const unconnected: unknown = new Proxy(() => undefined, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : unconnected),
  apply: () => unconnected,
});
