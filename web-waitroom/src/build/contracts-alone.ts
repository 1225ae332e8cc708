import type { Plugin } from 'vite';

/**
 * Pages check forms by the contracts of `kit/src/contracts/`, and describe nothing: without this, each page that does
 * would carry the library that writes OpenAPI documents, and all of zod. Without `jitless`, zod tries whether the page
 * may evaluate texts, and the browser reports that as a violation of the page's policy.
 */
export function contractsAlone(): Plugin {
  return {
    name: 'contracts-alone',
    enforce: 'pre',
    load: {
      filter: { id: /\/kit\/src\/contracts\/zod\.ts$/ },
      handler: () => `
        import { ZodType, config, z } from 'zod';
        config({ jitless: true });
        ZodType.prototype.openapi = function () { return this; };
        export { z };`,
    },
  };
}
