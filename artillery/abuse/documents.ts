import { createApp as createCheckoutApp } from '@shopfast/checkout/app';
import type { Checkout } from '@shopfast/checkout/deps';
import { createApp as createGatewayApp } from '@shopfast/gateway/app';
import type { Gateway } from '@shopfast/gateway/gateway';
import {
  type ApiDocument,
  callsByTag,
  type Operation,
  type Schema,
} from '@shopfast/gateway/reference/document';
import { unconnected } from '@shopfast/gateway/reference/write';
import { createLifecycle } from '@shopfast/kit/lifecycle';

/** A documented call, and the component schemas that its body may refer to. */
export type DocumentedCall = {
  method: string;
  path: string;
  operation: Operation;
  schemas: Record<string, Schema>;
};

/** All calls of the OpenAPI documents of gateway and checkout, from the current code, without any connection. */
export async function documentedCalls(): Promise<DocumentedCall[]> {
  const lifecycle = createLifecycle();
  try {
    const gateway = createGatewayApp(unconnected as Gateway, { lifecycle });
    const checkout = createCheckoutApp(undescribedCheckout());
    const documents = await Promise.all([read(gateway), read(checkout)]);
    return documents.flatMap(callsOf);
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
          : (unconnected as Record<PropertyKey, unknown>)[name],
    });
  return but({ config: but({ orderSecret: 'nothing is signed with this', cardForm: null }) }) as Checkout;
}

type App = { request(path: string): Response | Promise<Response> };

const read = async (app: App) => (await (await app.request('/openapi.json')).json()) as ApiDocument;

function callsOf(document: ApiDocument): DocumentedCall[] {
  const schemas = document.components?.schemas ?? {};
  return [...callsByTag(document).values()].flat().map((call) => ({ ...call, schemas }));
}
