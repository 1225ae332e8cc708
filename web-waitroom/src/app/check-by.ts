import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldValues } from 'react-hook-form';
import type { z } from 'zod';
import type { Check } from './form-check.ts';

/** Checks the body of a call by its contract, as the server will. */
export function checkBy<Body extends FieldValues>(contract: z.ZodType<unknown, Body>): Check {
  // What is sent is the body itself: the contract's own output is for the server.
  const resolver = zodResolver(contract, undefined, { raw: true });
  // The resolver needs any object: whether it is a body is what it finds out.
  return async (body, options) => (await resolver(body as Body, undefined, options as never)).errors;
}
