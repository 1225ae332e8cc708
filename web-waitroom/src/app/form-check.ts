import { useEffect, useRef } from 'react';
import {
  type FieldErrors,
  type FieldValues,
  type Resolver,
  type ResolverOptions,
  set,
} from 'react-hook-form';
import type { Failure } from '../api/answered.ts';

/** Checks a body by the contract of its call. @returns the errors by field */
export type Check = (body: FieldValues, options: ResolverOptions<FieldValues>) => Promise<FieldErrors>;

/** `wrong`: the page's check says so; `native`: the browser does; `server`: the answer did. */
export type Kind = 'missing' | 'wrong' | 'native' | 'server';

export type FoundError = { name: string; kind: Kind; message: string };

/** The errors of a form, which are nested as its values are. */
export function leavesOf(errors: FieldErrors, before = ''): FoundError[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (!error) return [];
    const name = before + key;
    // An error has a type; what has none is a group of fields.
    if (typeof error.type === 'string')
      return [{ name, kind: kindOf(error.type), message: String(error.message ?? '') }];
    // As above.
    return leavesOf(error as FieldErrors, `${name}.`);
  });
}

function kindOf(type: string): Kind {
  return type === 'missing' || type === 'native' || type === 'server' ? type : 'wrong';
}

/** The fields that the server refused. */
export const errorsOf = (failure: Failure) => (failure.kind === 'refused' && failure.refusal.errors) || [];

/** The browser's own checks and those of the contract. */
export function resolverOf<Values extends FieldValues, Body extends FieldValues>(
  toBody: (values: Values) => Body,
  element: () => HTMLFormElement | null,
  contract: () => Check | null,
): Resolver<Values, unknown, Body> {
  return async (values, _context, options) => {
    // First of all: a browser checks no field that is disabled, and they are while the form is sent.
    const native = nativeErrors(element());
    const body = toBody(values);
    const refused = await checked(contract(), body, options);
    const found = new Map<string, { kind: Kind; message: string }>();
    for (const { name, message } of leavesOf(refused)) found.set(name, { kind: 'wrong', message });
    for (const { name, ...error } of native) found.set(name, error);
    const errors: FieldErrors<Values> = {};
    for (const [name, { kind, message }] of found) set(errors, name, { type: kind, message });
    return found.size === 0 ? { values: body, errors: {} } : { values: {}, errors };
  };
}

async function checked<Values extends FieldValues>(
  check: Check | null,
  body: FieldValues,
  options: ResolverOptions<Values>,
): Promise<FieldErrors> {
  try {
    // A check needs no more of the options than which fields there are.
    return (await check?.(body, options as unknown as ResolverOptions<FieldValues>)) ?? {};
  } catch {
    // An older browser may lack what a contract uses: there, the server alone checks.
    return {};
  }
}

function nativeErrors(form: HTMLFormElement | null): FoundError[] {
  return [...(form?.elements ?? [])].filter(isInput).flatMap((input) => {
    const { name, willValidate, validity, validationMessage: message } = input;
    if (!name || !willValidate || validity.valid) return [];
    return [{ name, message, kind: validity.valueMissing ? 'missing' : 'native' }];
  });
}

const isInput = (element: Element) =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** Loads the check while the form is filled in. A check that cannot be loaded is left to the server. */
export function useLoaded(check: (() => Promise<Check>) | undefined): () => Check | null {
  const loaded = useRef<Check | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form keeps its contract
  useEffect(() => {
    check?.().then(
      (contract) => {
        loaded.current = contract;
      },
      () => undefined,
    );
  }, []);
  return () => loaded.current;
}
