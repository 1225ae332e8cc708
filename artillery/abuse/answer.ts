import { jsonOf as parse } from '@shopfast/sandbox/shopper/answers';
import { z } from 'zod';

/** The answer to one request. */
export type Answer = {
  /** 0: the connection ended without an answer. */
  status: number;
  /** By lower-case name; a repeated header is joined by ", " (`set-cookie` by a line break). */
  headers: Record<string, string>;
  text: string;
  ms: number;
  /** What was sent, for the report. */
  sent: string;
  /** The error that its case found in it. It stays with the answer, because the same case may run twice in parallel. */
  wrong?: string | undefined;
};

/** For `together`: the first thing that the case itself found wrong. */
export const firstWrong = (answers: readonly Answer[]): string | undefined =>
  answers.find(({ wrong }) => wrong !== undefined)?.wrong;

/** The `code` of a problem document (RFC 9457), if the answer is one. */
export function codeOf(answer: Answer | undefined): string | undefined {
  const { code } = jsonOf(answer);
  return typeof code === 'string' ? code : undefined;
}

const anyObject = z.record(z.string(), z.unknown());

/** The body as a JSON object; empty if it is none. */
export function jsonOf(answer: Answer | undefined): Record<string, unknown> {
  return anyObject.safeParse(parse(answer?.text ?? '')).data ?? {};
}

/** The document of an answer that must have a form. @throws ZodError if it has another */
export const documentOf = <T>(schema: z.ZodType<T>, answer: Answer | undefined): T =>
  schema.parse(jsonOf(answer));

/** The value of a cookie that an answer sets. */
export function cookieOf(answer: Answer, name: string): string | undefined {
  const line = (answer.headers['set-cookie'] ?? '').split('\n').find((one) => one.startsWith(`${name}=`));
  return line?.slice(name.length + 1).split(';', 1)[0];
}
