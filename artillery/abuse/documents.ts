import { type Call, callsOf, type Schema } from '@shopfast/kit/api-document/document';
import { currentDocument } from '@shopfast/reference/write';

/** A documented call, and the component schemas that its body may refer to. */
export type DocumentedCall = Call & { schemas: Record<string, Schema> };

/** All calls of gateway, checkout and workers, from the current code, without any connection. */
export async function documentedCalls(): Promise<DocumentedCall[]> {
  const document = await currentDocument();
  const schemas = document.components?.schemas ?? {};
  return callsOf(document).map((call) => ({ ...call, schemas }));
}
