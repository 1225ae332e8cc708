import type { ErrorCode } from '../../errors.ts';

/** The public sentence of each error in one language. The English ones are in the registry. */
export type ProblemTitles = Readonly<Record<ErrorCode, string>>;
