import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { Failure } from '../api/answered.ts';

/** What an application says about errors in its forms. */
export type FormTexts = {
  /** Heads the list of errors that the page found itself. */
  check: string;
  /** At a required field that is empty. */
  missing: string;
  /** At a field that is wrong otherwise. `english` is what the contract or the server says. */
  wrong(english: string): ReactNode;
  /** Shows why a request failed; its children list the wrong fields. */
  Problem: ComponentType<{ failure: Failure; children?: ReactNode }>;
};

const Context = createContext<FormTexts | null>(null);

export function FormTextsProvider({ value, children }: { value: FormTexts; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useFormTexts(): FormTexts {
  const value = useContext(Context);
  if (!value) throw new Error('Outside of FormTextsProvider');
  return value;
}
