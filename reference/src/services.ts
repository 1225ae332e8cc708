import { createApp as createCheckoutApp } from '@shopfast/checkout/app';
import type { Checkout } from '@shopfast/checkout/deps';
import { describeCalls } from '@shopfast/gateway/app';
import type { Gateway } from '@shopfast/gateway/gateway';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { unconnected } from '@shopfast/kit/api-document/unconnected';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { type AdminParts, adminRoutes } from '@shopfast/workers/admin/routes';

/**
 * What each service says about its own calls, from the current code. Needs neither Redis nor Postgres.
 */
export async function describeServices(): Promise<ApiDocument[]> {
  const lifecycle = createLifecycle();
  try {
    return [
      // It has every member that a service asks for.
      describeCalls(unconnected as Gateway, { lifecycle }),
      await read(createCheckoutApp(undescribedCheckout())),
      // As above.
      await read(adminRoutes(unconnected as AdminParts)),
    ];
  } finally {
    await lifecycle.close();
  }
}

/** Like `unconnected`, except for the settings that are read while the application is built. */
function undescribedCheckout(): Checkout {
  const but = (known: object) =>
    new Proxy(known, {
      get: (target, name) =>
        Reflect.has(target, name)
          ? Reflect.get(target, name)
          : // Any name is one of its members.
            (unconnected as Record<PropertyKey, unknown>)[name],
    });
  // Each other member comes from `unconnected`.
  return but({ config: but({ orderSecret: 'nothing is signed with this', cardForm: null }) }) as Checkout;
}

type App = { request(path: string): Response | Promise<Response> };

// Cast, because each service makes it with `finishDocument`.
const read = async (app: App) => (await (await app.request('/openapi.json')).json()) as ApiDocument;
